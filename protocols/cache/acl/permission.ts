import { matchesGlob } from '../glob.ts';
import { isCommandName } from './categories.ts';
import type { User } from './user.ts';

/** What a command does to a key. `EXISTS` neither reads nor writes a value: any pattern that fits the name will do. */
export type KeyAccess = { read: boolean; write: boolean };

/** `name` is the full name (`config|get`), `firstArgument` the word after it. */
export function mayRun(user: User, name: string, firstArgument: string | undefined): boolean {
  if (user.commands.allowed.has(name)) return true;
  // Subcommands newer than the table of categories (CLIENT SETINFO) go with their container.
  if (!isCommandName(name) && user.commands.allowed.has(name.slice(0, name.indexOf('|')))) return true;
  const extra = user.commands.firstArguments.get(name);
  return extra !== undefined && firstArgument !== undefined && extra.some((one) => one.toLowerCase() === firstArgument.toLowerCase());
}

export function mayTouch(user: User, key: string, access: KeyAccess): boolean {
  if (user.everyKey) return true;
  return user.keys.some(
    (pattern) => (pattern.read || !access.read) && (pattern.write || !access.write) && matchesGlob(pattern.pattern, key),
  );
}
