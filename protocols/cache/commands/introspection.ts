import type { Reply } from '../../resp/reply.ts';
import { array, bulk, bulks, error, integer, map, nothing, okay, simple } from '../../resp/reply.ts';
import { categories, categoryMembers } from '../acl/categories.ts';
import { denialFor } from '../acl/permission.ts';
import type { Call, Command } from '../command.ts';
import { matchesGlob } from '../glob.ts';
import { limits } from '../limits.ts';
import type { CommandTable } from '../lookup.ts';
import { askedFor, findCommand, wrongArity } from '../lookup.ts';

/** COMMAND with its subcommands and ACL DRYRUN: over the table that they are part of. */
export function introspectionCommands(table: () => CommandTable): readonly Command[] {
  const all = (): Command[] => [...table().commands.values()];
  const named = (name: string): Command | undefined => table().commands.get(name.toLowerCase());
  const listed = (words: readonly string[]): Reply =>
    array((words.length === 0 ? all().map(({ name }) => name) : words).map((name) => describe(named(name))));
  return [
    { name: 'command', arity: -1, run: () => listed([]) },
    { name: 'command|info', arity: -2, run: ({ words }) => listed(words.slice(2)) },
    { name: 'command|count', arity: 2, run: () => integer(all().length) },
    {
      name: 'command|list',
      arity: -2,
      run: (call) =>
        list(
          call,
          all().map(({ name }) => name),
        ),
    },
    { name: 'acl|dryrun', arity: -4, run: (call) => dryRun(table(), call) },
    { name: 'command|docs', arity: -2, run: ({ words }) => documentation(words.slice(2).flatMap((name) => named(name) ?? [])) },
  ];
}

function list({ words }: Call, names: readonly string[]): Reply {
  if (words.length === 2) return bulks(names);
  const [by, filter, pattern] = words.slice(2).map((word) => word.toLowerCase());
  if (words.length !== 5 || by !== 'filterby' || filter !== 'pattern') return error('ERR syntax error');
  if ((pattern as string).length > limits.globBytesMax) return error(`ERR a pattern has at most ${limits.globBytesMax} bytes here`);
  return bulks(names.filter((name) => matchesGlob(pattern as string, name)));
}

/** Whether a user might run a request, without running it. A refusal is an answer here and not an error. */
function dryRun(table: CommandTable, { state, words }: Call): Reply {
  const [, , name, ...request] = words as [string, string, string, string, ...string[]];
  const user = state.directory.users.get(name);
  if (user === undefined) return error(`ERR User '${name}' not found`);
  const found = findCommand(table, request);
  if ('refusal' in found) return error(`ERR Command '${request[0]}' not found`);
  const { command } = found;
  const refusal = wrongArity(command, request);
  if (refusal !== null) return refusal;
  const denial = command.open === true ? null : denialFor(user, askedFor(command, request));
  if (denial === null) return okay;
  const what = denial.reason === 'key' ? `access the '${denial.key}' key` : `run the '${command.name}' command`;
  return bulk(`This user has no permissions to ${what}`);
}

/** Name, arity, flags, first and last key and step, categories; tips, key specifications and subcommands are not told. */
function describe(command: Command | undefined): Reply {
  if (command === undefined) return nothing;
  const { first, last, step } = command.keys ?? { first: 0, last: 0, step: 0 };
  const memberOf = categories.filter((category) => categoryMembers(category)?.includes(command.name));
  return array([
    bulk(command.name),
    integer(command.arity),
    array(command.open === true ? [simple('no_auth')] : []),
    ...[first, last, step].map(integer),
    array(memberOf.map((category) => simple(`@${category}`))),
    array([]),
    array([]),
    array([]),
  ]);
}

function documentation(commands: readonly Command[]): Reply {
  return map(commands.map((command) => [command.name, map([['arity', integer(command.arity)]])]));
}
