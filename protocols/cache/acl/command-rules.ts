import { limits } from '../limits.ts';
import { categories, categoryMembers, commandNames, isCommandName, subcommandsOf } from './categories.ts';
import type { CommandRules } from './user.ts';

/** Why a rule was not taken; the caller puts it into words. */
export type RuleError = 'unknown-command' | 'syntax' | 'first-argument-of-subcommand' | 'limit';

export function allowEverything(rules: CommandRules): void {
  rules.allowed = new Set(commandNames);
  rules.everythingBut = true;
  rules.firstArguments.clear();
}

export function allowNothing(rules: CommandRules): void {
  rules.allowed.clear();
  rules.everythingBut = false;
  rules.firstArguments.clear();
}

/** `+@read`, `-@dangerous`: every member, and with a container all its subcommands. */
export function changeCategory(rules: CommandRules, category: string, allow: boolean): RuleError | null {
  const members = categoryMembers(category);
  if (members === null) return 'unknown-command';
  for (const member of members) changeCommand(rules, member, allow);
  return null;
}

/** `+get`, `-config|set`, `+select|0` (the first argument of a command that has no subcommands; only to allow). */
export function changeNamedCommand(rules: CommandRules, name: string, allow: boolean): RuleError | null {
  if (isCommandName(name.toLowerCase())) {
    changeCommand(rules, name.toLowerCase(), allow);
    return null;
  }
  const bar = name.lastIndexOf('|');
  return bar < 0 || !allow ? 'unknown-command' : allowFirstArgument(rules, name.slice(0, bar).toLowerCase(), name.slice(bar + 1));
}

/**
 * The rules in words, as the real server rebuilds them: starting from all or nothing, always the category next that has more right than
 * wrong and the fewest wrong, then single commands for the difference. So it is a picture of what is allowed, not of what was typed.
 */
export function writeCommandRules(rules: CommandRules): string {
  const subtracting = rules.everythingBut;
  const written = emptyRules(subtracting);
  const left = { ...emptyRules(false), allowed: new Set(rules.allowed) };
  const words = [subtracting ? '+@all' : '-@all'];
  const unused = new Set(categories);
  for (let best = bestCategory(left, unused, subtracting); best !== null; best = bestCategory(left, unused, subtracting)) {
    words.push(`${subtracting ? '-@' : '+@'}${best}`);
    changeCategory(written, best, !subtracting);
    changeCategory(left, best, subtracting);
    unused.delete(best);
  }
  return [...words, ...singleCommands(rules, written)].join(' ');
}

function changeCommand(rules: CommandRules, name: string, allow: boolean): void {
  for (const one of [name, ...subcommandsOf(name)]) {
    if (allow) rules.allowed.add(one);
    else rules.allowed.delete(one);
  }
  rules.firstArguments.delete(name);
}

function allowFirstArgument(rules: CommandRules, command: string, argument: string): RuleError | null {
  if (!isCommandName(command)) return 'unknown-command';
  if (command.includes('|')) return 'first-argument-of-subcommand';
  if (argument === '') return 'syntax';
  if (subcommandsOf(command).length > 0) return 'unknown-command';
  const known = rules.firstArguments.get(command) ?? [];
  if (known.includes(argument)) return null;
  const count = [...rules.firstArguments.values()].reduce((sum, list) => sum + list.length, 0);
  if (count >= limits.users.firstArgumentsMax || argument.length > limits.users.patternBytesMax) return 'limit';
  rules.firstArguments.set(command, [...known, argument]);
  return null;
}

function bestCategory(left: CommandRules, unused: ReadonlySet<string>, subtracting: boolean): string | null {
  let best: string | null = null;
  let leastWrong = Number.MAX_SAFE_INTEGER;
  let mostRight = 0;
  for (const category of unused) {
    const members = categoryMembers(category) ?? [];
    const allowed = members.filter((member) => left.allowed.has(member)).length;
    const [right, wrong] = subtracting ? [members.length - allowed, allowed] : [allowed, members.length - allowed];
    if (right <= wrong || wrong > leastWrong || (wrong === leastWrong && right <= mostRight)) continue;
    [best, leastWrong, mostRight] = [category, wrong, right];
  }
  return best;
}

/** The real server writes these in the order of a hash table with a random seed: any order is right. Here: alphabetical. */
function singleCommands(rules: CommandRules, written: CommandRules): string[] {
  return commandNames.flatMap((name) => {
    const words: string[] = [];
    const allowed = rules.allowed.has(name);
    if (allowed !== written.allowed.has(name)) {
      words.push(`${allowed ? '+' : '-'}${name}`);
      changeCommand(written, name, allowed);
    }
    if (!allowed) words.push(...(rules.firstArguments.get(name) ?? []).map((argument) => `+${name}|${argument}`));
    return words;
  });
}

function emptyRules(everything: boolean): CommandRules {
  return { allowed: new Set(everything ? commandNames : []), everythingBut: everything, firstArguments: new Map() };
}
