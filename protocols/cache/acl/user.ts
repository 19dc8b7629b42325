import { createHash } from 'node:crypto';

/** A user as the ACL knows it. Changed in place by SETUSER, so that open connections feel it at once. */
export type User = Selector & {
  name: string;
  enabled: boolean;
  /** Any password will do. */
  passwordless: boolean;
  /** The flag as it is written down; a fresh user has neither, `reset` sets `sanitize-payload`. */
  sanitizePayload: 'unsaid' | 'sanitize' | 'skip';
  /** SHA-256 in lowercase hexadecimal, in the order in which they were added. */
  passwordHashes: string[];
  /** Each may allow what the user's own rules do not: `(+set ~b:*)`. */
  selectors: Selector[];
};

/** One set of rules. A request must be allowed by one of them as a whole: its command and all its keys. */
export type Selector = {
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
    selectors: [],
    ...newSelector(),
  };
}

/** Rules that allow nothing. */
export function newSelector(): Selector {
  return {
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
    ...copySelector(user),
    passwordHashes: [...user.passwordHashes],
    selectors: user.selectors.map(copySelector),
  };
}

/** SHA-256 of a password given as a byte string. */
export function hashPassword(password: string): string {
  return createHash('sha256').update(password, 'latin1').digest('hex');
}

export function acceptsPassword(user: User, password: string): boolean {
  return user.enabled && (user.passwordless || user.passwordHashes.includes(hashPassword(password)));
}

function copySelector({ everyKey, keys, everyChannel, channels, commands }: Selector): Selector {
  return {
    everyKey,
    keys: keys.map((key) => ({ ...key })),
    everyChannel,
    channels: [...channels],
    commands: {
      allowed: new Set(commands.allowed),
      everythingBut: commands.everythingBut,
      firstArguments: new Map([...commands.firstArguments].map(([name, list]) => [name, [...list]])),
    },
  };
}
