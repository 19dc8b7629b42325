import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { comparison } from './page/comparison.ts';
import { machineHere } from './page/machine.ts';
import { isThere, runToEnd } from './processes/shell.ts';
import { startProgram, stopEverything } from './processes/started.ts';
import type { Timed } from './subjects/subject.ts';
import { readTimed } from './subjects.ts';

/**
 * The parts by themselves, for whoever works on them: `npm run bench [-- --against COMMIT] [--rounds N] [--only BEGINNING OF A NAME]`.
 * Both trees are measured now and in turns, each in processes of its own: stored figures of another day would compare two days.
 */

const root = join(import.meta.dirname, '..');
const core = 0;

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    rounds: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
  },
});

async function main(): Promise<void> {
  const machine = await machineHere(root);
  const against = values.against ?? (machine.changed > 0 ? 'HEAD' : 'HEAD~1');
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-bench-'));
  process.once('SIGINT', () => clear(folder).finally(() => process.exit(130)));
  try {
    const before = await treeOf(against, folder);
    const now: Timed[] = [];
    const then: Timed[] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      now.push(...(await timed(root, folder)));
      if (before !== null) then.push(...(await timed(before, folder)));
    }
    const { cpu, cores, kernel, node, commit, changed } = machine;
    process.stdout.write(`${cores} cores of ${cpu}, ${kernel}, Node ${node}\n`);
    process.stdout.write(
      `now: ${commit}${changed > 0 ? ` and ${changed} changed files` : ''}; before: ${against}${before === null ? ', which has no bench' : ''}\n\n`,
    );
    process.stdout.write(`${comparison(now, then).join('\n')}\n`);
  } finally {
    await clear(folder);
  }
}

/** That commit's files beside this tree's packages, or null where it had no such bench. */
async function treeOf(commit: string, folder: string): Promise<string | null> {
  const tree = join(folder, 'before');
  const archive = join(folder, 'before.tar');
  await runToEnd('git', ['-C', root, 'archive', '--output', archive, '--prefix', 'before/', commit]);
  await runToEnd('tar', ['-x', '-f', archive, '-C', folder]);
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  return (await isThere(join(tree, 'bench/subjects.ts'))) ? tree : null;
}

async function timed(tree: string, folder: string): Promise<readonly Timed[]> {
  const command = { program: process.execPath, args: [join(tree, 'bench/subjects.ts'), values.only] };
  const started = await startProgram(command, { name: 'subjects', folder, core });
  const code = await started.ended;
  const output = await started.output();
  if (code !== 0) throw new Error(`the subjects of ${tree} ended with ${code}:\n${output.slice(-2000)}`);
  return readTimed(output);
}

async function clear(folder: string): Promise<void> {
  await stopEverything();
  await rm(folder, { recursive: true, force: true });
}

await main();
