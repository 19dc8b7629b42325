import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../../machine/process-table.ts';
import { isAlive, processesOfRun, signal } from '../../machine/process-table.ts';
import type { CacheProcess, CacheRequest } from '../redis-process.ts';
import { startCacheServer } from '../redis-process.ts';
import { toByteString } from '../resp/byte-string.ts';
import { openResp } from '../resp/connection.ts';

/** Letters that a shell, a configuration file or JSON would trip over. */
const password = 'gé"h\'eim $1 \\n #{x}';

type Environment = { [name: string]: string | undefined };

type Setting = { folder: string; runId: string; prefer: 'real' | 'embedded'; engine: RegExp; environment: Environment };

/** What must hold for the process, whichever server it is. */
export function cacheProcessSuite(prefer: 'real' | 'embedded', engine: RegExp, environment: () => Promise<Environment>): void {
  describe(`cache process ${engine.source}`, () => {
    test.each(Object.entries(promises))('%s', async (_, keep) => {
      const folder = await mkdtemp(join(tmpdir(), 'launchstorm-cache-'));
      const runId = basename(folder);
      try {
        await keep({ folder, runId, prefer, engine, environment: await environment() });
      } finally {
        for (const left of processesOfRun(runId)) signal(left, 'SIGKILL');
        await rm(folder, { recursive: true });
      }
    });
  });
}

const promises: { [sentence: string]: (setting: Setting) => Promise<void> } = {
  'answers to the password, says what it is, and is gone after stop': async (setting) => {
    const server = await start(setting);
    expect(server.engine).toMatch(setting.engine);
    expect(await replyTo(server, 'PING')).toBe('+PONG\r\n');
    expect(await replyTo(server, 'CONFIG', 'GET', 'maxmemory')).toContain(String(64 * 1024 * 1024));
    expect(processesOfRun(setting.runId).map(({ pid, startTicks }) => ({ pid, startTicks }))).toEqual([server.process]);
    await Promise.all([server.stop(), server.stop()]);
    expect(isAlive(server.process)).toBe(false);
    expect(processesOfRun(setting.runId)).toEqual([]);
    expect(await readdir(setting.folder)).toEqual(['logs']);
    await server.stop();
  },

  'keeps the password out of arguments, environment and log': async (setting) => {
    const server = await start(setting);
    try {
      const proc = `/proc/${server.process.pid}`;
      const log = join(setting.folder, 'logs', 'cache.log');
      const arguments_ = await readFile(`${proc}/cmdline`, 'utf8');
      const environment = await readFile(`${proc}/environ`, 'utf8');
      expect(arguments_).toContain(`launchstorm cache cache run=${setting.runId}`);
      expect(environment.replace(/\0/g, '')).toBe('');
      expect(arguments_ + (await readFile(log, 'utf8'))).not.toContain('heim');
      expect((await stat(log)).mode & 0o777).toBe(0o600);
    } finally {
      await server.stop();
    }
  },

  'is the leader of a session of its own, so that Ctrl-C does not reach it': async (setting) => {
    const server = await start(setting);
    try {
      const line = await readFile(`/proc/${server.process.pid}/stat`, 'utf8');
      const session = Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[3]);
      expect(session).toBe(server.process.pid);
    } finally {
      await server.stop();
    }
  },

  'who started it may end: he is not kept waiting, and it serves on': async ({ folder, runId, prefer, environment }) => {
    const { port, ...orphan } = await startInAnotherProcess({ runId, folder, password, prefer, environment });
    expect(processesOfRun(runId).map(({ pid }) => pid)).toEqual([orphan.pid]);
    const connection = await openResp({ host: '127.0.0.1', port, timeoutMs: 2000 });
    expect((await connection.ask('AUTH', toByteString(password))).raw).toBe('+OK\r\n');
    signal(orphan, 'SIGTERM');
    expect(await connection.closedWithin(2000)).toBe(true);
    connection.close();
    await expect.poll(() => isAlive(orphan), { timeout: 2000 }).toBe(false);
  },

  'two runs side by side do not see each other': async (setting) => {
    const [one, two] = await Promise.all([start(setting), start({ ...setting, runId: `${setting.runId}-two` })]);
    try {
      await replyTo(one, 'SET', 'k', 'v');
      expect(one.port).not.toBe(two.port);
      expect(await replyTo(two, 'GET', 'k')).toBe('$-1\r\n');
      await one.stop();
      expect(await replyTo(two, 'PING')).toBe('+PONG\r\n');
    } finally {
      await Promise.all([one.stop(), two.stop()]);
    }
  },

  'is killed where it does not obey': async (setting) => {
    const server = await start(setting);
    signal(server.process, 'SIGSTOP');
    await server.stop();
    expect(isAlive(server.process)).toBe(false);
  },
};

function start({ folder, runId, prefer, environment }: Setting): Promise<CacheProcess> {
  return startCacheServer({ runId, folder, password, prefer, environment });
}

async function replyTo(server: CacheProcess, ...words: readonly string[]): Promise<string> {
  const connection = await openResp({ host: server.host, port: server.port, timeoutMs: 2000 });
  try {
    await connection.ask('AUTH', toByteString(password));
    return (await connection.ask(...words)).raw;
  } finally {
    connection.close();
  }
}

/** Starts a server from a process that has ended when this resolves. */
async function startInAnotherProcess(request: CacheRequest): Promise<ProcessId & { port: number }> {
  const module = new URL('../redis-process.ts', import.meta.url).href;
  const script = `
    const { startCacheServer } = await import(${JSON.stringify(module)});
    const { port, process: started } = await startCacheServer(${JSON.stringify(request)});
    console.log(JSON.stringify({ port, ...started }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { timeout: 10_000 });
  return JSON.parse(stdout) as ProcessId & { port: number };
}
