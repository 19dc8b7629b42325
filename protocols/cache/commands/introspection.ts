import type { Reply } from '../../resp/reply.ts';
import { array, bulk, bulks, error, integer, map, nothing, simple } from '../../resp/reply.ts';
import { categories, categoryMembers } from '../acl/categories.ts';
import type { Call, Command } from '../command.ts';
import { matchesGlob } from '../glob.ts';

/** COMMAND and its subcommands, over the table that they are part of. */
export function introspectionCommands(table: () => Iterable<Command>): readonly Command[] {
  const named = (name: string): Command | undefined => [...table()].find((command) => command.name === name.toLowerCase());
  const listed = (words: readonly string[]): Reply =>
    array((words.length === 0 ? [...table()].map(({ name }) => name) : words).map((name) => describe(named(name))));
  return [
    { name: 'command', arity: -1, run: () => listed([]) },
    { name: 'command|info', arity: -2, run: ({ words }) => listed(words.slice(2)) },
    { name: 'command|count', arity: 2, run: () => integer([...table()].length) },
    {
      name: 'command|list',
      arity: -2,
      run: (call) =>
        list(
          call,
          [...table()].map(({ name }) => name),
        ),
    },
    { name: 'command|docs', arity: -2, run: ({ words }) => documentation(words.slice(2).flatMap((name) => named(name) ?? [])) },
  ];
}

function list({ words }: Call, names: readonly string[]): Reply {
  if (words.length === 2) return bulks(names);
  const [by, filter, pattern] = words.slice(2).map((word) => word.toLowerCase());
  if (words.length !== 5 || by !== 'filterby' || filter !== 'pattern') return error('ERR syntax error');
  return bulks(names.filter((name) => matchesGlob(pattern as string, name)));
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
