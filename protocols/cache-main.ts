/**
 * The process of the embedded cache server. One line of JSON on stdin configures it (so that the password is in no argument, no
 * environment and no file); when it listens, the port is in `portFile`. Log lines on stdout. Ends on SIGTERM.
 */
import { z } from 'zod';
import { systemClock } from '../machine/system-clock.ts';
import { writeWhole } from '../machine/whole-file.ts';
import { limits, maxMemoryBytesBounds } from './cache/limits.ts';
import type { CacheServer } from './cache/server.ts';
import { startCache } from './cache/server.ts';
import { toByteString } from './resp/byte-string.ts';

const mebibyte = 1024 * 1024;

const configuration = z.strictObject({
  password: z.string().max(512).describe('password of the default user; empty: none needed'),
  port: z.int().min(0).max(65_535).describe('0: a free one'),
  portFile: z.string().min(1).describe('written whole, {"port":N}, once it listens'),
  maxMemoryMiB: z
    .int()
    .min(maxMemoryBytesBounds.least / mebibyte)
    .max(maxMemoryBytesBounds.most / mebibyte),
  dummy: z.boolean().default(false).describe('takes any password, and none: for a staging that is to be caught at it'),
});

type Configuration = z.infer<typeof configuration>;

const exitCodes = { ok: 0, usage: 64, toolFault: 70 };
const configurationBytesMax = 64 * 1024;
const configurationWithinMs = 10_000;
const reportEveryMs = 1000;

await main();

async function main(): Promise<void> {
  const settings = await readConfiguration();
  const cache = await startCache({
    host: '127.0.0.1',
    port: settings.port,
    password: toByteString(settings.password),
    takesAnyPassword: settings.dummy,
    maxMemoryBytes: settings.maxMemoryMiB * mebibyte,
    clientsMax: limits.clientsMax,
    clock: systemClock,
  }).catch((error: unknown) => giveUp(exitCodes.toolFault, `cannot listen: ${error instanceof Error ? error.message : 'unknown'}`));
  await writeWhole(settings.portFile, `${JSON.stringify({ port: cache.port })}\n`, 0o600);
  log({ event: 'listening', port: cache.port, maxMemoryMiB: settings.maxMemoryMiB, dummy: settings.dummy });
  const stopReporting = reportRefusals(cache);
  process.once('SIGTERM', () => {
    stopReporting();
    log({ event: 'stopping' });
    void cache.close().then(() => process.exit(exitCodes.ok));
  });
}

async function readConfiguration(): Promise<Configuration> {
  if (process.argv.length > 2) giveUp(exitCodes.usage, 'takes no arguments: one line of JSON on stdin');
  const line = await readLine();
  const parsed = configuration.safeParse(parseJson(line));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'configuration'}: ${issue.message}`);
  return giveUp(exitCodes.usage, problems.join('; '));
}

/** The first line of stdin. Bounded in bytes and time: a parent that forgets us must not leave us waiting for ever. */
async function readLine(): Promise<string> {
  const late = setTimeout(() => giveUp(exitCodes.usage, 'no configuration on stdin'), configurationWithinMs);
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk as string;
    if (text.includes('\n')) break;
    if (text.length > configurationBytesMax) giveUp(exitCodes.usage, 'the configuration is too long');
  }
  clearTimeout(late);
  return text.split('\n')[0] as string;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What was refused since the last line, once a second at most and only when there was something. */
function reportRefusals({ state }: CacheServer): () => void {
  let last = { deniedLogins: 0, deniedCommands: 0, connectionsRejected: 0, clientsOverLimit: 0 };
  const timer = setInterval(() => {
    const { deniedLogins, deniedCommands, connectionsRejected, clientsOverLimit } = state.statistics;
    const now = { deniedLogins, deniedCommands, connectionsRejected, clientsOverLimit };
    if (JSON.stringify(now) !== JSON.stringify(last)) log({ event: 'refused', total: now });
    last = now;
  }, reportEveryMs);
  return () => clearInterval(timer);
}

function log(line: { event: string; [key: string]: unknown }): void {
  process.stdout.write(`${JSON.stringify({ at: new Date(systemClock.wallMs()).toISOString(), ...line })}\n`);
}

function giveUp(code: number, why: string): never {
  log({ event: 'gave up', why });
  process.exit(code);
}
