import { limits } from '../limits.ts';
import { describeUser } from './description.ts';
import { applyModifier } from './modifier.ts';
import type { User } from './user.ts';
import { acceptsPassword, copyUser, newUser } from './user.ts';

/** Who may log in, and as whom one is logged in from the start. */
export type Directory = {
  users: Map<string, User>;
  /** Cannot be removed, but changed and disabled. */
  defaultUser: User;
  /** A dummy for staging: every login succeeds, and nobody needs one. */
  takesAnyPassword: boolean;
};

/** With an empty password the default user needs none, as on a server without `requirepass`. */
export function newDirectory(password: string, takesAnyPassword = false): Directory {
  const defaultUser = newUser('default');
  for (const word of ['on', 'allkeys', 'allchannels', 'allcommands']) applyModifier(defaultUser, word);
  const directory = { users: new Map([['default', defaultUser]]), defaultUser, takesAnyPassword };
  replaceDefaultPassword(directory, password);
  return directory;
}

/** What `CONFIG SET requirepass` does to the ACL: all passwords of the default user are replaced by one. */
export function replaceDefaultPassword(directory: Directory, password: string): void {
  applyModifier(directory.defaultUser, 'resetpass');
  applyModifier(directory.defaultUser, password === '' ? 'nopass' : `>${password}`);
}

/** The user where name and password fit, else null: wrong password, unknown and disabled user look the same from outside. */
export function login(directory: Directory, name: string, password: string): User | null {
  const user = directory.users.get(name);
  if (directory.takesAnyPassword) return user ?? directory.defaultUser;
  return user !== undefined && acceptsPassword(user, password) ? user : null;
}

/** Whether a connection that never logged in may work. */
export function needsLogin(directory: Directory): boolean {
  const { defaultUser, takesAnyPassword } = directory;
  return !takesAnyPassword && (!defaultUser.passwordless || !defaultUser.enabled);
}

/** All words or none: an error leaves the user as it was, and a new one unmade. Returns the error's text. */
export function setUser(directory: Directory, name: string, words: readonly string[]): string | null {
  if (/[\s\0]/.test(name)) return "Usernames can't contain spaces or null characters";
  const known = directory.users.get(name);
  if (known === undefined && (directory.users.size >= limits.users.usersMax || name.length > limits.users.nameBytesMax)) {
    return `This server keeps at most ${limits.users.usersMax} users with names of at most ${limits.users.nameBytesMax} bytes`;
  }
  const merged = mergeSelectors(words);
  if ('unmatched' in merged) return `Unmatched parenthesis in acl selector starting at '${merged.unmatched}'.`;
  const changed = known === undefined ? newUser(name) : copyUser(known);
  for (const word of merged.words) {
    const problem = applyModifier(changed, word);
    if (problem !== null) return `Error in ACL SETUSER modifier '${word}': ${problem}`;
  }
  if (known === undefined) directory.users.set(name, changed);
  else Object.assign(known, changed);
  return null;
}

/** A selector may come in several words, `(+get` and `~a)`: they are one. */
function mergeSelectors(words: readonly string[]): { words: readonly string[] } | { unmatched: string } {
  const merged: string[] = [];
  let open: { first: string; parts: string[] } | null = null;
  for (const word of words) {
    if (open === null && word.startsWith('(')) open = { first: word, parts: [word] };
    else if (open === null) merged.push(word);
    else open.parts.push(word);
    if (open === null || !word.endsWith(')')) continue;
    merged.push(open.parts.join(' '));
    open = null;
  }
  return open === null ? { words: merged } : { unmatched: open.first };
}

/** Lines of `ACL LIST`, by name in byte order. */
export function listUsers(directory: Directory): string[] {
  return sortedNames(directory).map((name) => describeUser(directory.users.get(name) as User));
}

export function sortedNames(directory: Directory): string[] {
  return [...directory.users.keys()].sort();
}
