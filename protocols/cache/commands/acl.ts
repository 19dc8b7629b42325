import type { Reply } from '../../resp/reply.ts';
import { bulk, bulks, error, integer, map, nothing, okay, set } from '../../resp/reply.ts';
import { categories, categoryMembers } from '../acl/categories.ts';
import { writeCommandRules } from '../acl/command-rules.ts';
import { describeChannels, describeKeys, userFlags } from '../acl/description.ts';
import { listUsers, setUser, sortedNames } from '../acl/directory.ts';
import type { Call, Command } from '../command.ts';

/** The real server's words: tools look for them. */
const noAclFile = error(
  [
    'ERR This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue',
    'a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration.',
  ].join(' '),
);

export const aclCommands: readonly Command[] = [
  { name: 'acl|setuser', arity: -3, run: setUserCommand },
  { name: 'acl|deluser', arity: -3, run: deleteUsers },
  { name: 'acl|getuser', arity: 3, run: describe },
  { name: 'acl|list', arity: 2, run: ({ state }) => bulks(listUsers(state.directory)) },
  { name: 'acl|users', arity: 2, run: ({ state }) => bulks(sortedNames(state.directory)) },
  { name: 'acl|whoami', arity: 2, run: ({ session }) => bulk(session.user.name) },
  { name: 'acl|cat', arity: -2, run: listCategory },
  { name: 'acl|save', arity: 2, run: () => noAclFile },
  { name: 'acl|load', arity: 2, run: () => noAclFile },
];

/** Rules of a user bind its open connections at once; passwords only the next login. */
function setUserCommand({ state, words }: Call): Reply {
  const problem = setUser(state.directory, words[2] as string, words.slice(3));
  return problem === null ? okay : error(`ERR ${problem}`);
}

/** Who is deleted is disconnected; the caller gets its answer first. */
function deleteUsers({ state, session, words }: Call): Reply {
  const names = words.slice(2);
  if (names.includes('default')) return error("ERR The 'default' user cannot be removed");
  let deleted = 0;
  for (const name of names) {
    const user = state.directory.users.get(name);
    if (user === undefined) continue;
    state.directory.users.delete(name);
    deleted += 1;
    for (const other of [...state.sessions.values()].filter((one) => one.user === user)) {
      if (other === session) session.closing = true;
      else state.disconnect(other);
    }
  }
  return integer(deleted);
}

function describe({ state, words }: Call): Reply {
  const user = state.directory.users.get(words[2] as string);
  if (user === undefined) return nothing;
  return map([
    ['flags', set(userFlags(user).map(bulk))],
    ['passwords', bulks(user.passwordHashes)],
    ['commands', bulk(writeCommandRules(user.commands))],
    ['keys', bulk(describeKeys(user))],
    ['channels', bulk(describeChannels(user))],
    ['selectors', bulks([])],
  ]);
}

function listCategory({ words }: Call): Reply {
  if (words.length === 2) return bulks(categories);
  if (words.length > 3) return error("ERR unknown subcommand or wrong number of arguments for 'CAT'. Try ACL HELP.");
  const members = categoryMembers((words[2] as string).toLowerCase());
  return members === null ? error(`ERR Unknown category '${words[2]}'`) : bulks(members);
}
