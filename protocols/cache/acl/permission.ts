import { matchesGlob } from '../glob.ts';
import { isCommandName } from './categories.ts';
import type { Selector, User } from './user.ts';

/** What a command does to a key. `EXISTS` neither reads nor writes a value: any pattern that fits the name will do. */
export type KeyAccess = { read: boolean; write: boolean };

/** `name` is the full name (`config|get`), `firstArgument` the word after it. */
export type AskedFor = { name: string; firstArgument: string | undefined; keys: readonly { key: string; access: KeyAccess }[] };

/** Why a user may not: the command itself, or the key that was refused. */
export type Denial = { reason: 'command' } | { reason: 'key'; key: string };

/** Null where one selector allows command and keys. Else the refusal of the one that came furthest, as the real server tells it. */
export function denialFor(user: User, asked: AskedFor): Denial | null {
  let furthest = -1;
  for (const selector of [user, ...user.selectors]) {
    if (!mayRun(selector, asked)) continue;
    const refusedAt = asked.keys.findIndex(({ key, access }) => !mayTouch(selector, key, access));
    if (refusedAt < 0) return null;
    furthest = Math.max(furthest, refusedAt);
  }
  const refused = asked.keys[furthest];
  return refused === undefined ? { reason: 'command' } : { reason: 'key', key: refused.key };
}

function mayRun({ commands }: Selector, { name, firstArgument }: AskedFor): boolean {
  if (commands.allowed.has(name)) return true;
  // Subcommands newer than the table of categories (CLIENT SETINFO) go with their container.
  if (!isCommandName(name) && commands.allowed.has(name.slice(0, name.indexOf('|')))) return true;
  const extra = commands.firstArguments.get(name);
  return extra !== undefined && firstArgument !== undefined && extra.some((one) => one.toLowerCase() === firstArgument.toLowerCase());
}

function mayTouch(selector: Selector, key: string, access: KeyAccess): boolean {
  if (selector.everyKey) return true;
  return selector.keys.some(
    (pattern) => (pattern.read || !access.read) && (pattern.write || !access.write) && matchesGlob(pattern.pattern, key),
  );
}
