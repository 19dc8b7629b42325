/**
 * Redis's own notation of users, as `ACL LIST` prints it: `user <name> on|off [flags] #<sha256>… ~keys &channels +commands (selectors)`.
 * A list is its lines joined by newlines; names hold neither spaces nor newlines.
 */

/** The user's whole line, or null where there is no such user. */
export function lineOf(list: string, user: string): string | null {
  return list.split('\n').find((line) => line.split(' ')[1] === user) || null;
}

/** What says how the user may log in: `nopass`, or one `#<sha256>` per password, in the server's order. */
export function passwordRules(line: string): readonly string[] {
  return line.split(' ').filter((word) => word === 'nopass' || word.startsWith('#'));
}

export type TakeBack =
  | { kind: 'as-saved' }
  /** The rules for `ACL SETUSER <user> …` that take our password out and put the saved ones back, and touch nothing else. */
  | { kind: 'ours'; rules: readonly string[] }
  | { kind: 'foreign'; why: string };

/** How to put one user back: by what its line says now, what it said, and the password rule (`#<sha256>`) that we wrote. */
export function takeBack(now: string | null, saved: string, ours: string): TakeBack {
  if (now === saved) return { kind: 'as-saved' };
  if (now === null) return { kind: 'foreign', why: 'somebody else deleted the user' };
  const current = passwordRules(now);
  if (!current.includes(ours))
    return { kind: 'foreign', why: 'somebody else changed the user: it has neither the saved rules nor our password' };
  const before = passwordRules(saved);
  // `nopass` flushes every password, so it is only put back where ours is the only one.
  const back = current.length > 1 ? before.filter((rule) => rule !== 'nopass') : before;
  return { kind: 'ours', rules: [`!${ours.slice(1)}`, ...back] };
}

/** Names of the users whose lines differ between two lists, for people: lines hold password hashes and are never shown. */
export function differingUsers(now: string, saved: string): readonly string[] {
  const names: string[] = [];
  for (const line of `${saved}\n${now}`.split('\n')) {
    const name = line.split(' ')[1];
    if (name !== undefined && !names.includes(name) && lineOf(now, name) !== lineOf(saved, name)) names.push(name);
  }
  return names;
}
