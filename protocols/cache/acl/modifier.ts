import { inlineWords } from '../../resp/inline-words.ts';
import { limits } from '../limits.ts';
import { applyRule, forgetRules, limitReached } from './selector-rule.ts';
import type { User } from './user.ts';
import { hashPassword, newSelector } from './user.ts';

/**
 * Applies one word of `ACL SETUSER <user> <word>…` to a user, or says why not (in the real server's words). The user may be half changed
 * after an error: callers work on a copy.
 */
export function applyModifier(user: User, word: string): string | null {
  if (word === '') return null;
  const plain = plainWords.get(word.toLowerCase());
  if (plain !== undefined) {
    plain(user);
    return null;
  }
  if (word.startsWith('(') && word.endsWith(')')) return addSelector(user, word.slice(1, -1));
  const byFirstLetter = prefixed[word[0] as string];
  return byFirstLetter === undefined ? applyRule(user, word) : byFirstLetter(user, word.slice(1));
}

const badHash = 'The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters';
const noSuchPassword = 'The password you are trying to remove from the user does not exist';

const plainWords = new Map<string, (user: User) => void>(
  Object.entries({
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
    'sanitize-payload': (user) => {
      user.sanitizePayload = 'sanitize';
    },
    'skip-sanitize-payload': (user) => {
      user.sanitizePayload = 'skip';
    },
    clearselectors: (user) => {
      user.selectors = [];
    },
    reset: (user) => {
      forgetPasswords(user);
      forgetRules(user);
      user.selectors = [];
      user.enabled = false;
      user.sanitizePayload = 'sanitize';
    },
  }),
);

const prefixed: { [letter: string]: (user: User, rest: string) => string | null } = {
  '>': (user, password) => addPassword(user, hashPassword(password)),
  '#': (user, hash) => (isHash(hash) ? addPassword(user, hash) : badHash),
  '<': (user, password) => removePassword(user, hashPassword(password)),
  '!': (user, hash) => (isHash(hash) ? removePassword(user, hash) : badHash),
};

/** Words between the parentheses are split as a typed line is, quotes included. */
function addSelector(user: User, text: string): string | null {
  if (user.selectors.length >= limits.users.selectorsMax) return limitReached;
  const selector = newSelector();
  for (const word of inlineWords(text) ?? []) {
    const problem = applyRule(selector, word);
    if (problem !== null) return problem;
  }
  const patterns = [...user.selectors, selector].reduce((sum, { keys, channels }) => sum + keys.length + channels.length, 0);
  if (patterns > limits.users.patternsMax) return limitReached;
  user.selectors.push(selector);
  return null;
}

function forgetPasswords(user: User): void {
  user.passwordless = false;
  user.passwordHashes = [];
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
