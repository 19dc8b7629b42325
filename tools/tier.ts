import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, runLoudly, runQuietly } from './tier/command.ts';
import { sum, type Tally, type TestReport, tallyOfGate, tallyOfTests, writeTally } from './tier/tally.ts';

/**
 * Runs one tier: `node tools/tier.ts test|ci|long [arguments for vitest]`.
 * `test` needs nothing but Node, `ci` needs a real Redis, `long` is for the night. The last line is `N passed, N failed`.
 * Exit codes: 0 nothing failed, 1 something failed, 64 unknown tier.
 */

type Tier = 'test' | 'ci' | 'long';

/** A check besides the tests; it counts as one. */
type Gate = { name: string; command: Command };

const root = join(import.meta.dirname, '..');
const minuteMs = 60_000;
const tscArgs = [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p'];

const gates: { [tier in Tier]: readonly Gate[] } = {
  test: [
    { name: 'format and lint', command: onNode([join(root, 'tools/lint.ts')], 2 * minuteMs) },
    { name: 'types', command: onNode([...tscArgs, join(root, 'tsconfig.json')], 3 * minuteMs) },
    { name: 'types of pure rooms', command: onNode([...tscArgs, join(root, 'tsconfig.pure.json')], 3 * minuteMs) },
    { name: 'types of browser code', command: onNode([...tscArgs, join(root, 'tsconfig.browser.json')], 3 * minuteMs) },
  ],
  // A tool that is missing is a failure here: a tier that skips what it cannot run says nothing.
  ci: [{ name: 'redis-server is installed', command: { program: 'redis-server', args: ['--version'], timeoutMs: minuteMs } }],
  long: [],
};

const testsTimeoutMs: { [tier in Tier]: number } = { test: 10 * minuteMs, ci: 40 * minuteMs, long: 8 * 60 * minuteMs };

/** Tier `test` asserts no time and may use the whole machine; where players play, nothing else may: it would make the generator late. */
const workersMax: { [tier in Tier]: string } = { test: '100%', ci: '1', long: '1' };

async function main(tier: string | undefined, vitestArgs: readonly string[]): Promise<number> {
  if (tier !== 'test' && tier !== 'ci' && tier !== 'long') {
    process.stderr.write('usage: node tools/tier.ts test|ci|long [arguments for vitest]\n');
    return 64;
  }
  const tallies = await Promise.all(gates[tier].map(passGate));
  tallies.push(await runTests(tier, vitestArgs));
  const total = sum(tallies);
  process.stdout.write(`\n${writeTally(total)}\n`);
  return total.failed === 0 ? 0 : 1;
}

async function passGate({ name, command }: Gate): Promise<Tally> {
  const ended = await runQuietly(command);
  const held = ended.exitCode === 0;
  process.stdout.write(`${held ? 'ok    ' : 'FAILED'} ${name} (${(ended.tookMs / 1000).toFixed(1)} s)\n`);
  if (!held) process.stdout.write(ended.output);
  return tallyOfGate(held);
}

async function runTests(tier: Tier, vitestArgs: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'launchstorm-tier-'));
  const reportFile = join(folder, 'tests.json');
  try {
    const args = [
      'run',
      '--root',
      root,
      '--project',
      tier,
      `--maxWorkers=${workersMax[tier]}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
    ];
    // Nothing runs at night yet as long as no test is that long; a tier by day without a test would be a mistake.
    if (tier === 'long') args.push('--passWithNoTests');
    const { exitCode } = await runLoudly(
      onNode([join(root, 'node_modules/vitest/vitest.mjs'), ...args, ...vitestArgs], testsTimeoutMs[tier]),
    );
    return tallyOfTests({ report: readReport(reportFile), exitCode, selected: vitestArgs.length > 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): TestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestReport;
  } catch {
    return null;
  }
}

/** On the very Node that runs this file: the pinned one, whatever the system has. */
function onNode(args: readonly string[], timeoutMs: number): Command {
  return { program: process.execPath, args, timeoutMs };
}

process.exitCode = await main(process.argv[2], process.argv.slice(3));
