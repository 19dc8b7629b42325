import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createClient } from 'redis';

/** A redis-server of the tests' own on a free loopback port, with a second user who breaks and repairs the first one's password. */
export type PrivateRedis = {
  port: number;
  password: string;
  /** Changes the password of `default` and closes its connections. */
  rotate(): Promise<void>;
  restore(): Promise<void>;
  /** Takes the right to read away, on live connections too. */
  forbidReads(): Promise<void>;
  /** Stops and resumes the process. */
  stall(): void;
  resume(): void;
  connectionsReceived(): Promise<number>;
  stop(): Promise<void>;
};

export async function startPrivateRedis(): Promise<PrivateRedis> {
  const port = await freePort();
  const password = 'first password';
  // The configuration goes through stdin: a password in the arguments would be in the process table.
  const server = spawn('redis-server', ['-'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = [`port ${port}`, 'bind 127.0.0.1', 'save ""', `user default on ">${password}" ~* &* +@all`, 'user ops on >ops ~* &* +@all'];
  server.stdin.end(`${lines.join('\n')}\n`);
  await accepting(server);
  const ops = createClient({ username: 'ops', password: 'ops', socket: { host: '127.0.0.1', port } });
  await ops.connect();
  const acl = async (...rules: string[]): Promise<void> => void (await ops.sendCommand(['ACL', 'SETUSER', 'default', ...rules]));
  return {
    port,
    password,
    rotate: async () => {
      await acl('resetpass', '>another');
      await ops.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
    },
    restore: () => acl('resetpass', `>${password}`, '+@all'),
    forbidReads: () => acl('-get'),
    stall: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    connectionsReceived: async () => Number(/total_connections_received:(\d+)/.exec(String(await ops.sendCommand(['INFO', 'stats'])))?.[1]),
    stop: async () => {
      ops.destroy();
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
}

async function accepting(server: ChildProcess): Promise<void> {
  for await (const chunk of server.stdout ?? []) if (String(chunk).includes('Ready to accept connections')) return;
  throw new Error('redis-server did not start');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
