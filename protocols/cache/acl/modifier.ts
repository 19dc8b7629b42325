import { limits } from '../limits.ts';
import type { RuleError } from './command-rules.ts';
import { allowEverything, allowNothing, changeCategory, changeNamedCommand } from './command-rules.ts';
import type { User } from './user.ts';
import { hashPassword } from './user.ts';

/**
 * Applies one word of `ACL SETUSER <user> <word>…` to a user, or says why not (in the real server's words). Selectors `(…)` are not
 * served. The user may be half changed after an error: callers work on a copy.
 */
export function applyModifier(user: User, word: string): string | null {
  if (word === '') return null;
  const plain = plainWords[word.toLowerCase()];
  if (plain !== undefined) {
    plain(user);
    return null;
  }
  const byFirstLetter = prefixed[word[0] as string];
  return byFirstLetter === undefined ? syntaxError : byFirstLetter(user, word);
}

const syntaxError = 'Syntax error';
const unknownCommand = 'Unknown command or category name in ACL';
const badHash = 'The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters';
const noSuchPassword = 'The password you are trying to remove from the user does not exist';
const limitReached = 'The limit of this server for one user is reached';

const ruleErrors: { [error in RuleError]: string } = {
  'unknown-command': unknownCommand,
  syntax: syntaxError,
  'first-argument-of-subcommand': 'Allowing first-arg of a subcommand is not supported',
};

const plainWords: { [word: string]: (user: User) => void } = {
  on: (user) => {
    user.enabled = true;
  },
  off: (user) => {
    user.enabled = false;
  },
  nopass: (user) => {
    user.passwordless = true;
    user.passwordHashes = [];
  },
  resetpass: forgetPasswords,
  allkeys: (user) => {
    user.everyKey = true;
    user.keys = [];
  },
  resetkeys: forgetKeys,
  allchannels: (user) => {
    user.everyChannel = true;
    user.channels = [];
  },
  resetchannels: forgetChannels,
  allcommands: (user) => allowEverything(user.commands),
  nocommands: (user) => allowNothing(user.commands),
  'sanitize-payload': (user) => {
    user.sanitizePayload = 'sanitize';
  },
  'skip-sanitize-payload': (user) => {
    user.sanitizePayload = 'skip';
  },
  clearselectors: () => {},
  reset: (user) => {
    forgetPasswords(user);
    forgetKeys(user);
    forgetChannels(user);
    user.enabled = false;
    user.sanitizePayload = 'sanitize';
    allowNothing(user.commands);
  },
};

const prefixed: { [letter: string]: (user: User, word: string) => string | null } = {
  '>': (user, word) => addPassword(user, hashPassword(word.slice(1))),
  '#': (user, word) => (isHash(word.slice(1)) ? addPassword(user, word.slice(1)) : badHash),
  '<': (user, word) => removePassword(user, hashPassword(word.slice(1))),
  '!': (user, word) => (isHash(word.slice(1)) ? removePassword(user, word.slice(1)) : badHash),
  '~': (user, word) => addKeys(user, { pattern: word.slice(1), read: true, write: true }),
  '%': addKeysWithAccess,
  '&': addChannel,
  '+': (user, word) => changeCommands(user, word, true),
  '-': (user, word) => changeCommands(user, word, false),
};

function forgetPasswords(user: User): void {
  user.passwordless = false;
  user.passwordHashes = [];
}

function forgetKeys(user: User): void {
  user.everyKey = false;
  user.keys = [];
}

function forgetChannels(user: User): void {
  user.everyChannel = false;
  user.channels = [];
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function addPassword(user: User, hash: string): string | null {
  user.passwordless = false;
  if (user.passwordHashes.includes(hash)) return null;
  if (user.passwordHashes.length >= limits.users.passwordsMax) return limitReached;
  user.passwordHashes.push(hash);
  return null;
}

function removePassword(user: User, hash: string): string | null {
  if (!user.passwordHashes.includes(hash)) return noSuchPassword;
  user.passwordHashes = user.passwordHashes.filter((known) => known !== hash);
  return null;
}

function addKeys(user: User, added: { pattern: string; read: boolean; write: boolean }): string | null {
  if (user.everyKey) return afterStar("the * pattern (or the 'allkeys' flag)", 'resetkeys', 'patterns');
  if (hasSpaces(added.pattern)) return syntaxError;
  if (added.pattern === '*' && added.read && added.write) {
    plainWords['allkeys']?.(user);
    return null;
  }
  const known = user.keys.find((key) => key.pattern === added.pattern);
  if (known !== undefined) {
    known.read ||= added.read;
    known.write ||= added.write;
    return null;
  }
  if (user.keys.length >= limits.users.patternsMax || added.pattern.length > limits.users.patternBytesMax) return limitReached;
  user.keys.push(added);
  return null;
}

/** `%R~logs:*`, `%W~…`, `%RW~…`. */
function addKeysWithAccess(user: User, word: string): string | null {
  if (user.everyKey) return addKeys(user, { pattern: '', read: false, write: false });
  const parts = /^%(R|W|RW|WR)(?:~(.*))?$/is.exec(word);
  if (parts === null) return syntaxError;
  const access = (parts[1] as string).toUpperCase();
  return addKeys(user, { pattern: parts[2] ?? '', read: access.includes('R'), write: access.includes('W') });
}

function addChannel(user: User, word: string): string | null {
  const pattern = word.slice(1);
  if (user.everyChannel) return afterStar("the * pattern (or the 'allchannels' flag)", 'resetchannels', 'channels');
  if (hasSpaces(pattern)) return syntaxError;
  if (pattern === '*') {
    plainWords['allchannels']?.(user);
    return null;
  }
  if (user.channels.includes(pattern)) return null;
  if (user.channels.length >= limits.users.patternsMax || pattern.length > limits.users.patternBytesMax) return limitReached;
  user.channels.push(pattern);
  return null;
}

function changeCommands(user: User, word: string, allow: boolean): string | null {
  const name = word.slice(1);
  if (name.toLowerCase() === '@all') {
    plainWords[allow ? 'allcommands' : 'nocommands']?.(user);
    return null;
  }
  const failed = name.startsWith('@')
    ? changeCategory(user.commands, name.slice(1).toLowerCase(), allow)
    : changeNamedCommand(user.commands, name, allow);
  return failed === null ? null : ruleErrors[failed];
}

function afterStar(star: string, remedy: string, list: string): string {
  return `Adding a pattern after ${star} is not valid and does not have any effect. Try '${remedy}' to start with an empty list of ${list}`;
}

function hasSpaces(text: string): boolean {
  return /[\s\0]/.test(text);
}
