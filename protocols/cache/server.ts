import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { newDirectory } from './acl/directory.ts';
import type { CacheState, Session } from './command.ts';
import { Connection } from './connection.ts';
import { Keyspace } from './keyspace.ts';
import { limits } from './limits.ts';
import { emptyTraffic } from './statistics.ts';

export type CacheOptions = {
  host: string;
  /** 0: a free one. */
  port: number;
  /** Of the default user; empty: none needed. */
  password: string;
  /** A dummy for staging: every login succeeds, and nobody needs one. */
  takesAnyPassword?: boolean;
  maxMemoryBytes: number;
  clientsMax: number;
  clock: Clock;
};

export type CacheServer = {
  port: number;
  /** For log lines and tests; only commands change it. */
  state: CacheState;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
};

const sweepEveryMs = 100;

/** The embedded cache server: as much of the Redis protocol as service and faults need, with the real server's words. */
export async function startCache(options: CacheOptions): Promise<CacheServer> {
  const connections = new Map<number, Connection>();
  const state = newState(options, (session) => connections.get(session.id)?.destroy());
  let lastId = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    if (state.sessions.size >= state.settings.clientsMax) {
      state.statistics.connectionsRejected += 1;
      turnAway(socket);
      return;
    }
    lastId += 1;
    connections.set(lastId, new Connection({ id: lastId, socket, state, ended: (id) => connections.delete(id) }));
  });
  state.port = await listen(server, options);
  const sweep = setInterval(() => state.keyspace.sweepExpired(options.clock.nowMs()), sweepEveryMs);
  return {
    port: state.port,
    state,
    close: () => {
      clearInterval(sweep);
      for (const connection of connections.values()) connection.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function newState(options: CacheOptions, disconnect: (session: Session) => void): CacheState {
  return {
    clock: options.clock,
    startedAtMs: options.clock.nowMs(),
    port: options.port,
    processId: process.pid,
    settings: { requirepass: options.password, clientsMax: Math.min(options.clientsMax, limits.clientsMax) },
    keyspace: new Keyspace(options.maxMemoryBytes),
    directory: newDirectory(options.password, options.takesAnyPassword),
    sessions: new Map(),
    statistics: emptyTraffic(),
    denials: [],
    disconnect,
  };
}

function listen(server: Server, { host, port }: CacheOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function turnAway(socket: Socket): void {
  socket.on('error', () => {});
  socket.end('-ERR max number of clients reached\r\n', () => socket.destroy());
}
