import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { stateFolder } from '../chaos/state-folder.ts';
import { findRealServer } from '../protocols/redis-process.ts';
import { addManual } from './manual.ts';

const runProgram = promisify(execFile);

/** One thing that may be here: what it opens, and how to get it. */
type Row = { name: string; version: () => Promise<string | null>; opens: string; get: string };

const rows: readonly Row[] = [
  { name: 'Node', version: async () => process.versions.node, opens: 'everything', get: 'npm ci brings it along' },
  {
    name: 'Redis or Valkey',
    version: realCache,
    opens: 'rehearsals with a real cache server; without it the embedded one serves',
    get: 'apt-get install redis-server, or set LAUNCHSTORM_REDIS_SERVER to a binary',
  },
  {
    name: 'Prometheus',
    version: () => answer('prometheus', ['--version']),
    opens: 'dashboards and alerts while it happens (rehearse --metrics)',
    get: 'apt-get install prometheus',
  },
  {
    name: 'Docker',
    version: () => answer('docker', ['version', '--format', '{{.Server.Version}}']),
    opens: '--platform compose: rehearsals in containers',
    get: 'https://docs.docker.com',
  },
  {
    name: 'k6',
    version: () => answer('k6', ['version']),
    opens: 'playing the same crowd in k6',
    get: 'https://grafana.com/docs/k6',
  },
  {
    name: 'kubectl',
    version: () => answer('kubectl', ['version', '--client']),
    opens: 'applying what `export testrun` writes; no platform of this tool needs it',
    get: 'https://kubernetes.io/docs',
  },
  {
    name: 'Go',
    version: () => answer('go', ['version']),
    opens: "building k6 with launchstorm's extension, and Docker Compose",
    get: 'https://go.dev',
  },
  {
    name: 'Rust',
    version: () => answer('cargo', ['--version']),
    opens: 'rebuilding the search module',
    get: 'https://rustup.rs',
  },
  { name: 'git', version: () => answer('git', ['--version']), opens: 'the commit in every report', get: 'apt-get install git' },
];

/** `launchstorm doctor`: what is installed here, what that opens, how to get the rest. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('what is installed here, which features that opens, how to get the rest')
    .option('--json', 'the same as JSON');
  return addManual(command, {
    about: 'Nothing here is needed but Node, which came with the tool. What is missing only closes the feature that stands beside it.',
    examples: [
      ['launchstorm doctor', 'for people'],
      ['launchstorm doctor --json', 'for a script'],
    ],
    exits: [[0, 'said what there is, also when something is missing']],
  }).action(async ({ json }: { json?: boolean }) => {
    const found = await Promise.all(rows.map(async ({ name, version, opens, get }) => ({ name, version: await version(), opens, get })));
    const state = await stateFolder();
    if (json === true) return void process.stdout.write(`${JSON.stringify({ tools: found, state }, null, 2)}\n`);
    for (const { name, version, opens, get } of found) {
      process.stdout.write(
        `${version === null ? '-' : '+'} ${name.padEnd(16)} ${version ?? 'not found'}\n    ${opens}${version === null ? `\n    get it: ${get}` : ''}\n`,
      );
    }
    process.stdout.write(`\nRuns of this machine are registered in ${state.path}\n`);
  });
}

async function realCache(): Promise<string | null> {
  try {
    const path = await findRealServer(process.env);
    return path === null ? null : await answer(path, ['--version']);
  } catch (error) {
    return error instanceof Error ? `unusable: ${error.message}` : null;
  }
}

/** First line of what a program says of itself, or null where it is not there (or does not answer within five seconds). */
async function answer(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await runProgram(program, [...args], { timeout: 5000 });
    return stdout.split('\n')[0]?.trim() ?? null;
  } catch {
    return null;
  }
}
