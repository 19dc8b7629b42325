import { randomBytes } from 'node:crypto';
import type { Reply } from '../../resp/reply.ts';
import { array, bulk, bulks, error, integer, map, nothing, okay, set } from '../../resp/reply.ts';
import { categories, categoryMembers } from '../acl/categories.ts';
import { writeCommandRules } from '../acl/command-rules.ts';
import type { DeniedEntry } from '../acl/denial-log.ts';
import { describeChannels, describeKeys, userFlags } from '../acl/description.ts';
import { listUsers, setUser, sortedNames } from '../acl/directory.ts';
import type { Selector } from '../acl/user.ts';
import type { Call, Command } from '../command.ts';
import { longNumber, notANumber } from './numbers.ts';

/** The real server's words: tools look for them. */
const noAclFile = error(
  [
    'ERR This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue',
    'a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration.',
  ].join(' '),
);

const badPasswordBits = error('ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096');

export const aclCommands: readonly Command[] = [
  { name: 'acl|setuser', arity: -3, run: setUserCommand },
  { name: 'acl|deluser', arity: -3, run: deleteUsers },
  { name: 'acl|getuser', arity: 3, run: describe },
  { name: 'acl|list', arity: 2, run: ({ state }) => bulks(listUsers(state.directory)) },
  { name: 'acl|users', arity: 2, run: ({ state }) => bulks(sortedNames(state.directory)) },
  { name: 'acl|whoami', arity: 2, run: ({ session }) => bulk(session.user.name) },
  { name: 'acl|cat', arity: -2, run: listCategory },
  { name: 'acl|log', arity: -2, run: log },
  { name: 'acl|genpass', arity: -2, run: generatePassword },
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
    ...describeRules(user),
    ['selectors', array(user.selectors.map((selector) => map(describeRules(selector))))],
  ]);
}

function describeRules(rules: Selector): [string, Reply][] {
  return [
    ['commands', bulk(writeCommandRules(rules.commands))],
    ['keys', bulk(describeKeys(rules))],
    ['channels', bulk(describeChannels(rules))],
  ];
}

const logEntriesUsual = 10n;

/** `ACL LOG [count | RESET]`: who was refused what, newest first. */
function log({ state, words }: Call): Reply {
  if (words.length > 3) return error("ERR unknown subcommand or wrong number of arguments for 'LOG'. Try ACL HELP.");
  if (words[2]?.toLowerCase() === 'reset') {
    state.denials.length = 0;
    return okay;
  }
  const count = words[2] === undefined ? logEntriesUsual : longNumber(words[2]);
  if (count === null) return notANumber;
  const nowMs = state.clock.nowMs();
  return array(state.denials.slice(0, count < 0n ? 0 : Number(count)).map((entry) => describeDenial(entry, nowMs)));
}

function describeDenial({ count, reason, object, username, atMs, client }: DeniedEntry, nowMs: number): Reply {
  return map([
    ['count', integer(count)],
    ['reason', bulk(reason)],
    ['context', bulk('toplevel')],
    ['object', bulk(object)],
    ['username', bulk(username)],
    ['age-seconds', { kind: 'double', text: String(Math.round(nowMs - atMs) / 1000) }],
    ['client-info', bulk(client)],
  ]);
}

const passwordBitsUsual = 256n;
const passwordBitsMax = 4096n;

/** `ACL GENPASS [bits]`: hexadecimal digits, four bits each. */
function generatePassword({ words }: Call): Reply {
  if (words.length > 3) return error("ERR unknown subcommand or wrong number of arguments for 'GENPASS'. Try ACL HELP.");
  const bits = words[2] === undefined ? passwordBitsUsual : longNumber(words[2]);
  if (bits === null) return notANumber;
  if (bits <= 0n || bits > passwordBitsMax) return badPasswordBits;
  const digits = Math.ceil(Number(bits) / 4);
  return bulk(
    randomBytes(Math.ceil(digits / 2))
      .toString('hex')
      .slice(0, digits),
  );
}

function listCategory({ words }: Call): Reply {
  if (words.length === 2) return bulks(categories);
  if (words.length > 3) return error("ERR unknown subcommand or wrong number of arguments for 'CAT'. Try ACL HELP.");
  const members = categoryMembers((words[2] as string).toLowerCase());
  return members === null ? error(`ERR Unknown category '${words[2]}'`) : bulks(members);
}
