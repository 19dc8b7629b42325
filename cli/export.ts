import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Argument, Command } from 'commander';
import type { Problem } from '../core/problem.ts';
import { writeWhole } from '../machine/whole-file.ts';
import { addFlags, exportFlags, type Flags, readFlags } from './flags.ts';
import { addManual } from './manual.ts';
import { problemsIn, refuse } from './problems.ts';

const kinds = ['k6', 'testrun'];

/** `launchstorm export k6|testrun SCENARIO`: a scenario for somebody else's engine, as files. */
export function exportCommand(): Command {
  const kind = new Argument('<kind>', 'for whom').choices(kinds).argParser((word) => word);
  const command = new Command('export')
    .description('a scenario as files for k6, or for its operator')
    .addArgument(kind)
    .argument('[scenario]', 'a scenario file, or the name of a shipped one', 'launch-day')
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, exportFlags), {
    about:
      'k6: one script that plain `k6 run` takes on any machine, without this project: the same players, their bodies, the outcomes as metrics, ' +
      'the windows of the timeline as a tag, the expectations as thresholds. testrun: that script in a ConfigMap, with a TestRun for the k6 ' +
      'operator. Nothing is sent anywhere, and nothing is broken: faults are played by `rehearse`.',
    examples: [
      ['launchstorm export k6 launch-day --seed 7 --out launch-day.k6.js', 'a script for k6 run'],
      [
        'launchstorm export k6 launch-day --players 2000 --for 10m --target https://staging.example.com',
        'a longer one, and where to play it',
      ],
      [
        'launchstorm export testrun launch-day --parallelism 4 --out cluster',
        'files for a cluster: kubectl apply --server-side -f cluster',
      ],
    ],
    exits: [[0, 'the files are written']],
  });
  return command.action(async () => {
    const { flags, operands, problems } = readFlags(command, exportFlags, 2);
    const [kindName = '', scenario = 'launch-day'] = operands;
    const { prepareK6 } = await import('../rehearsal/k6/k6-plan.ts');
    const prepared = await prepareK6(scenario, flags);
    const wrong = [...problems, ...kindProblems(kindName, flags), ...problemsIn(prepared)];
    if (!prepared.ok || wrong.length > 0) return refuse(wrong, flags.json);
    const name = basename(prepared.value.scenarioPath).replace(/\.\w+$/, '');
    const { exportedFiles } = await import('../rehearsal/k6/exported-files.ts');
    const { files, told } = await exportedFiles(kindName as 'k6' | 'testrun', name, { plan: prepared.value, ...flags });
    const taken = await inTheWay(files);
    if (taken.length > 0) return refuse(taken, flags.json);
    for (const { path, text } of files) await writeWhole(resolve(path), text);
    const about = { files: files.map(({ path, text }) => ({ path, bytes: Buffer.byteLength(text) })), ...told };
    process.stdout.write(flags.json === true ? `${JSON.stringify(about, null, 2)}\n` : wordsOf(about));
  });
}

function kindProblems(kind: string, { parallelism }: Flags): readonly Problem[] {
  if (!kinds.includes(kind))
    return [{ place: kind || 'export', problem: 'nothing is exported for that', remedy: `one of: ${kinds.join(' ')}` }];
  if (kind === 'testrun' || parallelism === undefined) return [];
  return [{ place: '--parallelism', problem: 'is for a testrun', remedy: 'leave it out, or export a testrun' }];
}

/** A file that this command has not written is never written over. */
async function inTheWay(files: readonly { path: string; mark: string }[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { path, mark } of files) {
    const before = await readFile(resolve(path), 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''));
    if (before === null || before.startsWith(mark)) continue;
    problems.push({ place: path, problem: 'is there already, and not of our making', remedy: 'choose another place with --out' });
  }
  return problems;
}

type About = { files: readonly { path: string; bytes: number }[]; notes: readonly string[]; next: readonly string[] };

function wordsOf({ files, notes, next }: About): string {
  const lines = files.map(({ path, bytes }) => `wrote ${path} (${Math.ceil(bytes / 1024)} KiB)`);
  return `${[...lines, ...notes.map((note) => `note: ${note}`), '', ...next].join('\n')}\n`;
}
