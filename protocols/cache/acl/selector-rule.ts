import { limits } from '../limits.ts';
import type { RuleError } from './command-rules.ts';
import { allowEverything, allowNothing, changeCategory, changeNamedCommand } from './command-rules.ts';
import type { Selector } from './user.ts';

export const syntaxError = 'Syntax error';
export const limitReached = 'The limit of this server for one user is reached';

/** Applies one word about keys, channels or commands (`~a:*`, `%R~b`, `&news`, `+get`, `-@all`), or says why not. */
export function applyRule(rules: Selector, word: string): string | null {
  const plain = plainWords.get(word.toLowerCase());
  if (plain !== undefined) {
    plain(rules);
    return null;
  }
  const byFirstLetter = prefixed[word[0] as string];
  return byFirstLetter === undefined ? syntaxError : byFirstLetter(rules, word);
}

/** Back to rules that allow nothing. */
export function forgetRules(rules: Selector): void {
  forgetKeys(rules);
  forgetChannels(rules);
  allowNothing(rules.commands);
}

const unknownCommand = 'Unknown command or category name in ACL';

const ruleErrors: { [error in RuleError]: string } = {
  'unknown-command': unknownCommand,
  syntax: syntaxError,
  'first-argument-of-subcommand': 'Allowing first-arg of a subcommand is not supported',
  limit: limitReached,
};

const plainWords = new Map<string, (rules: Selector) => void>(
  Object.entries({
    allkeys: (rules) => {
      rules.everyKey = true;
      rules.keys = [];
    },
    resetkeys: forgetKeys,
    allchannels: (rules) => {
      rules.everyChannel = true;
      rules.channels = [];
    },
    resetchannels: forgetChannels,
    allcommands: ({ commands }) => allowEverything(commands),
    nocommands: ({ commands }) => allowNothing(commands),
  }),
);

const prefixed: { [letter: string]: (rules: Selector, word: string) => string | null } = {
  '~': (rules, word) => addKeys(rules, { pattern: word.slice(1), read: true, write: true }),
  '%': addKeysWithAccess,
  '&': addChannel,
  '+': (rules, word) => changeCommands(rules, word, true),
  '-': (rules, word) => changeCommands(rules, word, false),
};

function forgetKeys(rules: Selector): void {
  rules.everyKey = false;
  rules.keys = [];
}

function forgetChannels(rules: Selector): void {
  rules.everyChannel = false;
  rules.channels = [];
}

function addKeys(rules: Selector, added: { pattern: string; read: boolean; write: boolean }): string | null {
  if (rules.everyKey) return afterStar("the * pattern (or the 'allkeys' flag)", 'resetkeys', 'patterns');
  if (hasSpaces(added.pattern)) return syntaxError;
  if (added.pattern === '*' && added.read && added.write) {
    plainWords.get('allkeys')?.(rules);
    return null;
  }
  const known = rules.keys.find((key) => key.pattern === added.pattern);
  if (known !== undefined) {
    known.read ||= added.read;
    known.write ||= added.write;
    return null;
  }
  if (rules.keys.length >= limits.users.patternsMax || added.pattern.length > limits.users.patternBytesMax) return limitReached;
  rules.keys.push(added);
  return null;
}

/** `%R~logs:*`, `%W~…`, `%RW~…`. */
function addKeysWithAccess(rules: Selector, word: string): string | null {
  if (rules.everyKey) return addKeys(rules, { pattern: '', read: false, write: false });
  const parts = /^%(R|W|RW|WR)(?:~(.*))?$/is.exec(word);
  if (parts === null) return syntaxError;
  const access = (parts[1] as string).toUpperCase();
  return addKeys(rules, { pattern: parts[2] ?? '', read: access.includes('R'), write: access.includes('W') });
}

function addChannel(rules: Selector, word: string): string | null {
  const pattern = word.slice(1);
  if (rules.everyChannel) return afterStar("the * pattern (or the 'allchannels' flag)", 'resetchannels', 'channels');
  if (hasSpaces(pattern)) return syntaxError;
  if (pattern === '*') {
    plainWords.get('allchannels')?.(rules);
    return null;
  }
  if (rules.channels.includes(pattern)) return null;
  if (rules.channels.length >= limits.users.patternsMax || pattern.length > limits.users.patternBytesMax) return limitReached;
  rules.channels.push(pattern);
  return null;
}

function changeCommands(rules: Selector, word: string, allow: boolean): string | null {
  const name = word.slice(1);
  if (name.toLowerCase() === '@all') {
    plainWords.get(allow ? 'allcommands' : 'nocommands')?.(rules);
    return null;
  }
  const failed = name.startsWith('@')
    ? changeCategory(rules.commands, name.slice(1).toLowerCase(), allow)
    : changeNamedCommand(rules.commands, name, allow);
  return failed === null ? null : ruleErrors[failed];
}

function afterStar(star: string, remedy: string, list: string): string {
  return `Adding a pattern after ${star} is not valid and does not have any effect. Try '${remedy}' to start with an empty list of ${list}`;
}

function hasSpaces(text: string): boolean {
  return /[\s\0]/.test(text);
}
