import type { Reply } from '../../resp/reply.ts';
import { bulk, error, integer, nothing, okay, verbatim } from '../../resp/reply.ts';
import { wholeNumber } from '../../resp/request-parser.ts';
import type { CacheState, Call, Command, Session } from '../command.ts';
import { describeSession } from '../session-line.ts';
import { renameSession } from './connection.ts';

const syntaxError = error('ERR syntax error');
const noSuchClient = error('ERR No such client');

export const clientCommands: readonly Command[] = [
  { name: 'client|id', arity: 2, run: ({ session }) => integer(session.id) },
  { name: 'client|info', arity: 2, run: ({ state, session }) => verbatim(`${describeSession(session, state.clock.nowMs())}\n`) },
  { name: 'client|list', arity: -2, run: list },
  { name: 'client|kill', arity: -3, run: kill },
  { name: 'client|setname', arity: 3, run: ({ session, words }) => renameSession(session, words[2] as string) ?? okay },
  { name: 'client|getname', arity: 2, run: ({ session }) => (session.name === '' ? nothing : bulk(session.name)) },
  { name: 'client|setinfo', arity: 4, run: setInfo },
  { name: 'client|no-evict', arity: 3, run: setNoEvict },
];

/** Every connection is of this type: there are no replicas, no master and no subscribers here. */
const types = new Set(['normal', 'master', 'replica', 'slave', 'pubsub']);

function list({ state, words }: Call): Reply {
  const [, , option, ...values] = words;
  const sessions = [...state.sessions.values()];
  if (option === undefined) return describeAll(state, sessions);
  if (option.toLowerCase() === 'type' && values.length === 1) {
    const type = (values[0] as string).toLowerCase();
    if (!types.has(type)) return error(`ERR Unknown client type '${values[0]}'`);
    return describeAll(state, type === 'normal' ? sessions : []);
  }
  if (option.toLowerCase() !== 'id' || values.length === 0) return syntaxError;
  const ids = values.map(wholeNumber);
  if (ids.includes(null)) return error('ERR Invalid client ID');
  return describeAll(
    state,
    ids.flatMap((id) => state.sessions.get(id as number) ?? []),
  );
}

function describeAll(state: CacheState, sessions: readonly Session[]): Reply {
  const nowMs = state.clock.nowMs();
  return verbatim(sessions.map((session) => `${describeSession(session, nowMs)}\n`).join(''));
}

type KillFilter = { matches: (session: Session) => boolean; sparesCaller: boolean };

function kill({ state, session, words }: Call): Reply {
  if (words.length === 3) return killByAddress(state, session, words[2] as string);
  const filter = readKillFilter(state, words.slice(2));
  if ('kind' in filter) return filter;
  const victims = [...state.sessions.values()].filter((one) => filter.matches(one) && !(filter.sparesCaller && one === session));
  for (const victim of victims) end(state, session, victim);
  return integer(victims.length);
}

/** The old form, `CLIENT KILL ip:port`: spares nobody. */
function killByAddress(state: CacheState, caller: Session, address: string): Reply {
  const victim = [...state.sessions.values()].find((one) => one.address === address);
  if (victim === undefined) return noSuchClient;
  end(state, caller, victim);
  return okay;
}

function readKillFilter(state: CacheState, words: readonly string[]): KillFilter | Reply {
  const tests: ((session: Session) => boolean)[] = [];
  let sparesCaller = true;
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1];
    if (value === undefined) return syntaxError;
    if (words[at]?.toLowerCase() === 'skipme') {
      if (!/^(?:yes|no)$/i.test(value)) return syntaxError;
      sparesCaller = value.toLowerCase() === 'yes';
      continue;
    }
    const test = killTest(state, (words[at] as string).toLowerCase(), value);
    if (typeof test !== 'function') return test;
    tests.push(test);
  }
  return { matches: (session) => tests.every((test) => test(session)), sparesCaller };
}

function killTest(state: CacheState, option: string, value: string): ((session: Session) => boolean) | Reply {
  switch (option) {
    case 'id': {
      const id = wholeNumber(value);
      return id === null || id < 1 ? error('ERR client-id should be greater than 0') : (session) => session.id === id;
    }
    case 'type':
      if (!types.has(value.toLowerCase())) return error(`ERR Unknown client type '${value}'`);
      return () => value.toLowerCase() === 'normal';
    case 'user': {
      const user = state.directory.users.get(value);
      return user === undefined ? error(`ERR No such user '${value}'`) : (session) => session.user === user;
    }
    case 'addr':
      return (session) => session.address === value;
    case 'laddr':
      return (session) => session.localAddress === value;
    default:
      return syntaxError;
  }
}

function end(state: CacheState, caller: Session, victim: Session): void {
  if (victim === caller) caller.closing = true;
  else state.disconnect(victim);
}

/** Clients tell here which library they are. Newer than 7.0, and harmless to answer. */
function setInfo({ session, words }: Call): Reply {
  const [, , option, value] = words as [string, string, string, string];
  if (!/^[!-~]{0,128}$/.test(value)) return error(`ERR ${option.toLowerCase()} cannot contain spaces, newlines or special characters.`);
  if (option.toLowerCase() === 'lib-name') session.libraryName = value;
  else if (option.toLowerCase() === 'lib-ver') session.libraryVersion = value;
  else return error(`ERR Unrecognized option '${option}'`);
  return okay;
}

function setNoEvict({ session, words }: Call): Reply {
  const value = (words[2] as string).toLowerCase();
  if (value !== 'on' && value !== 'off') return syntaxError;
  session.protectedFromEviction = value === 'on';
  return okay;
}
