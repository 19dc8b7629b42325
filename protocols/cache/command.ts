import type { Clock } from '../../core/clock.ts';
import type { Protocol, Reply } from '../resp/reply.ts';
import type { DeniedEntry } from './acl/denial-log.ts';
import type { Directory } from './acl/directory.ts';
import type { KeyAccess } from './acl/permission.ts';
import type { User } from './acl/user.ts';
import type { Keyspace } from './keyspace.ts';

/** One connection as commands see it. */
export type Session = {
  id: number;
  /** `127.0.0.1:51672`, as CLIENT LIST and CLIENT KILL write it. */
  address: string;
  localAddress: string;
  connectedAtMs: number;
  lastCommandAtMs: number;
  lastCommand: string;
  name: string;
  libraryName: string;
  libraryVersion: string;
  protocol: Protocol;
  user: User;
  /** Logged in, or connected while no login was needed. Survives a change of password. */
  authenticated: boolean;
  protectedFromEviction: boolean;
  /** Bytes of incomplete requests and of unread replies; reported, and summed up against the limit of all clients. */
  heldBytes: number;
  unreadBytes: number;
  /** Nothing is read any more; closed when the replies so far are sent. */
  closing: boolean;
};

export type Statistics = {
  connectionsReceived: number;
  connectionsRejected: number;
  clientsOverLimit: number;
  commandsProcessed: number;
  errorReplies: number;
  deniedLogins: number;
  deniedCommands: number;
  deniedKeys: number;
  bytesIn: number;
  bytesOut: number;
};

export type Settings = { requirepass: string; clientsMax: number };

/** The whole state of one server; commands change nothing else. */
export type CacheState = {
  clock: Clock;
  startedAtMs: number;
  port: number;
  processId: number;
  settings: Settings;
  keyspace: Keyspace;
  directory: Directory;
  sessions: Map<number, Session>;
  statistics: Statistics;
  /** What ACL LOG tells, newest first. */
  denials: DeniedEntry[];
  /** Ends another session at once, without a word. One's own is ended by `session.closing`. */
  disconnect(session: Session): void;
};

/** Everything a command gets. `words[0]` is its name as the client wrote it. */
export type Call = { state: CacheState; session: Session; words: readonly string[] };

/** A command, or a subcommand (`config|get`). */
export type Command = {
  name: string;
  /** Number of words including the name (and the subcommand's); negative: at least so many. */
  arity: number;
  /** Positions of keys among the words; `last` counts from the end where negative. */
  keys?: { first: number; last: number; step: number; access: (words: readonly string[], at: number) => KeyAccess };
  /** Needs neither login nor permission. */
  open?: true;
  run(call: Call): Reply;
};

/** Where the key of most commands stands. */
export const oneKey = { first: 1, last: 1, step: 1 };

export const reads = (): KeyAccess => ({ read: true, write: false });
export const writes = (): KeyAccess => ({ read: false, write: true });
export const readsAndWrites = (): KeyAccess => ({ read: true, write: true });
export const namesOnly = (): KeyAccess => ({ read: false, write: false });
