import { type ChildProcess, spawn } from 'node:child_process';
import { resolvePtr } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { constants, hostname, networkInterfaces } from 'node:os';
import { heapLimitMiB } from '../../local/memory-limit.ts';

/**
 * A pod in a container: the service, and in front of it the sidecar that players talk to. Whichever process ends first ends the pod with
 * its exit code, so that the restart policy brings both back. The password comes from a file and is in nobody's configuration.
 */

const frontPort = 8080;
const behindPort = 8081;
const bytesPerMiB = 1_048_576;
const memoryMiBDefault = 512;
const drainMs = 8_000;
const lookEveryMs = 25;

type Variables = { [name: string]: string };
type Role = { program: string; port: number; memoryMiB: number; variables: Variables };

// To have been compiled is all that is wanted: see prepare-main.ts.
if (process.argv[2] === '--load-only') process.exit(0);

const children = new Set<ChildProcess>();
let exitCode: number | null = null;

process.on('SIGTERM', () => end(0, 'SIGTERM'));
process.on('SIGINT', () => end(0, 'SIGTERM'));

const shared = {
  ...treasureVariables(process.env),
  ...secretOf(process.env['POD_REDIS_PASSWORD_FILE']),
  TREASURE_POD_NAME: await podName(),
};
const withSidecar = process.env['POD_SIDECAR'] === 'yes';
start(mainRole(withSidecar ? behindPort : frontPort));
if (withSidecar) {
  // Whoever reaches the sidecar reaches a main process too.
  await untilReady(behindPort);
  if (exitCode === null) start(sidecarRole());
}

function mainRole(port: number): Role {
  return { program: 'main.ts', port, memoryMiB: memoryMiB('TREASURE_MEMORY_BYTES_MAX'), variables: {} };
}

function sidecarRole(): Role {
  const variables = { TREASURE_UPSTREAM_PORT: String(behindPort) };
  return { program: 'sidecar/sidecar-main.ts', port: frontPort, memoryMiB: memoryMiB('TREASURE_SIDECAR_MEMORY_BYTES_MAX'), variables };
}

function start({ program, port, memoryMiB, variables }: Role): void {
  const path = new URL(`../../../service/${program}`, import.meta.url).pathname;
  const listening = { TREASURE_HOST: '0.0.0.0', TREASURE_PORT: String(port) };
  const child = spawn(process.execPath, [`--max-heap-size=${heapLimitMiB(memoryMiB)}`, path], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      ...shared,
      ...listening,
      ...variables,
    },
  });
  children.add(child);
  child.once('error', () => end(70, 'SIGKILL'));
  child.once('exit', (code, signal) => {
    children.delete(child);
    end(signal === null ? (code ?? 70) : 128 + constants.signals[signal], 'SIGKILL');
  });
}

/** The first reason counts; the pod is over when its last process is. */
function end(code: number, signal: NodeJS.Signals): void {
  if (exitCode === null) {
    exitCode = code;
    for (const child of children) child.kill(signal);
    setTimeout(() => process.exit(code), drainMs).unref();
  }
  if (children.size === 0) process.exit(exitCode);
}

async function untilReady(port: number): Promise<void> {
  while (exitCode === null && !(await isReady(port))) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/readyz', timeout: 1_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

function treasureVariables(from: NodeJS.ProcessEnv): Variables {
  return Object.fromEntries(
    Object.entries(from).flatMap(([name, value]) => (name.startsWith('TREASURE_') && value ? [[name, value]] : [])),
  );
}

/** Where the file is missing the service says so itself: it does not start without its password. */
function secretOf(path: string | undefined): Variables {
  if (path === undefined || path === '') return {};
  try {
    return { TREASURE_REDIS_PASSWORD: readFileSync(path, 'utf8').trim() };
  } catch {
    return {};
  }
}

function memoryMiB(variable: string): number {
  const bytes = Number(process.env[variable]);
  return bytes > 0 ? Math.floor(bytes / bytesPerMiB) : memoryMiBDefault;
}

/** `pod-2` for the second replica, as the engine's own name server knows it; else the container's host name. */
async function podName(): Promise<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const own = addresses.find(({ internal, family }) => !internal && family === 'IPv4');
  const pointer = own === undefined ? null : `${own.address.split('.').reverse().join('.')}.in-addr.arpa`;
  const names = pointer === null ? [] : await resolvePtr(pointer).catch(() => []);
  const number = names.flatMap((name) => /^[^.]+-(\d+)\./.exec(name)?.[1] ?? [])[0];
  return number === undefined ? hostname() : `pod-${number}`;
}
