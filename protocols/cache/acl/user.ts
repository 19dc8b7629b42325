import { createHash } from 'node:crypto';

/** A user as the ACL knows it. Changed in place by SETUSER, so that open connections feel it at once. */
export type User = {
  name: string;
  enabled: boolean;
  /** Any password will do. */
  passwordless: boolean;
  /** The flag as it is written down; a fresh user has neither, `reset` sets `sanitize-payload`. */
  sanitizePayload: 'unsaid' | 'sanitize' | 'skip';
  /** SHA-256 in lowercase hexadecimal, in the order in which they were added. */
  passwordHashes: string[];
  everyKey: boolean;
  keys: KeyPattern[];
  everyChannel: boolean;
  channels: string[];
  commands: CommandRules;
};

export type KeyPattern = { pattern: string; read: boolean; write: boolean };

export type CommandRules = {
  /** Full names: `get`, `config`, `config|get`. */
  allowed: Set<string>;
  /** Set by `+@all`, cleared by `-@all` only: rules are then written as "everything but". */
  everythingBut: boolean;
  /** Command -> first arguments that are allowed although the command is not (`+select|0`). */
  firstArguments: Map<string, string[]>;
};

/** A user who may do nothing yet. */
export function newUser(name: string): User {
  return {
    name,
    enabled: false,
    passwordless: false,
    sanitizePayload: 'unsaid',
    passwordHashes: [],
    everyKey: false,
    keys: [],
    everyChannel: false,
    channels: [],
    commands: { allowed: new Set(), everythingBut: false, firstArguments: new Map() },
  };
}

export function copyUser(user: User): User {
  return {
    ...user,
    passwordHashes: [...user.passwordHashes],
    keys: user.keys.map((key) => ({ ...key })),
    channels: [...user.channels],
    commands: {
      allowed: new Set(user.commands.allowed),
      everythingBut: user.commands.everythingBut,
      firstArguments: new Map([...user.commands.firstArguments].map(([name, list]) => [name, [...list]])),
    },
  };
}

/** SHA-256 of a password given as a byte string. */
export function hashPassword(password: string): string {
  return createHash('sha256').update(password, 'latin1').digest('hex');
}

export function acceptsPassword(user: User, password: string): boolean {
  return user.enabled && (user.passwordless || user.passwordHashes.includes(hashPassword(password)));
}
