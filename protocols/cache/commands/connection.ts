import type { Reply } from '../../resp/reply.ts';
import { array, bulk, error, integer, map, okay, simple } from '../../resp/reply.ts';
import { wholeNumber } from '../../resp/request-parser.ts';
import { login, needsLogin } from '../acl/directory.ts';
import type { Call, Command, Session } from '../command.ts';
import { recordDenial } from '../denials.ts';
import { compatibleVersion } from '../information.ts';
import { limits } from '../limits.ts';

const wrongPassword = error('WRONGPASS invalid username-password pair or user is disabled.');
const noPasswordSet = error(
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
);
const helloNeedsLogin = error(
  'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
);
const badName = error('ERR Client names cannot contain spaces, newlines or special characters.');

const longName = error(`ERR Client names have at most ${limits.clientNameBytesMax} bytes here`);

export const connectionCommands: readonly Command[] = [
  { name: 'auth', arity: -2, open: true, run: authenticate },
  { name: 'hello', arity: -1, open: true, run: hello },
  { name: 'ping', arity: -1, run: ping },
  { name: 'echo', arity: 2, run: ({ words }) => bulk(words[1] as string) },
  { name: 'select', arity: 2, run: ({ words }) => select(words[1] as string) },
  { name: 'quit', arity: -1, open: true, run: quit },
  { name: 'reset', arity: 1, open: true, run: reset },
];

/** Sets the name that CLIENT LIST shows; an empty one takes it away. Returns the refusal, or null. */
export function renameSession(session: Session, name: string): Reply | null {
  if (name.length > limits.clientNameBytesMax) return longName;
  if (!/^[!-~]*$/.test(name)) return badName;
  session.name = name;
  return null;
}

/** A connection is logged in from the start where the default user needs no password at that moment. */
export function startAsDefault(call: Pick<Call, 'state' | 'session'>): void {
  call.session.user = call.state.directory.defaultUser;
  call.session.authenticated = !needsLogin(call.state.directory);
}

function authenticate(call: Call): Reply {
  const { state, words } = call;
  if (words.length > 3) return error('ERR syntax error');
  const { defaultUser, takesAnyPassword } = state.directory;
  if (words.length === 2 && defaultUser.passwordless && !takesAnyPassword) return noPasswordSet;
  const [name, password] = words.length === 2 ? ['default', words[1]] : [words[1], words[2]];
  return logIn(call, name as string, password as string) ?? okay;
}

function logIn(call: Call, name: string, password: string): Reply | null {
  const { state, session, words } = call;
  const user = login(state.directory, name, password);
  if (user === null) {
    recordDenial(call, { reason: 'auth', object: words[0] as string, username: name });
    return wrongPassword;
  }
  session.user = user;
  session.authenticated = true;
  return null;
}

/** `HELLO [2|3 [AUTH user password] [SETNAME name]]`: options take effect in their order, the protocol last. */
function hello(call: Call): Reply {
  const { session, words } = call;
  const wanted = words.length === 1 ? session.protocol : wholeNumber(words[1] as string);
  if (wanted === null) return error('ERR Protocol version is not an integer or out of range');
  if (wanted !== 2 && wanted !== 3) return error('NOPROTO unsupported protocol version');
  const refusal = applyHelloOptions(call);
  if (refusal !== null) return refusal;
  if (!session.authenticated) return helloNeedsLogin;
  session.protocol = wanted;
  return introduction(session);
}

function applyHelloOptions(call: Call): Reply | null {
  const { session, words } = call;
  for (let at = 2; at < words.length; ) {
    const option = (words[at] as string).toLowerCase();
    const left = words.length - at - 1;
    let refusal: Reply | null;
    if (option === 'auth' && left >= 2) {
      refusal = logIn(call, words[at + 1] as string, words[at + 2] as string);
      at += 3;
    } else if (option === 'setname' && left >= 1) {
      refusal = renameSession(session, words[at + 1] as string);
      at += 2;
    } else {
      return error(`ERR Syntax error in HELLO option '${words[at]}'`);
    }
    if (refusal !== null) return refusal;
  }
  return null;
}

function introduction(session: Session): Reply {
  return map([
    ['server', bulk('launchstorm-cache')],
    ['version', bulk(compatibleVersion)],
    ['proto', integer(session.protocol)],
    ['id', integer(session.id)],
    ['mode', bulk('standalone')],
    ['role', bulk('master')],
    ['modules', array([])],
  ]);
}

function ping({ words }: Call): Reply {
  if (words.length > 2) return error("ERR wrong number of arguments for 'ping' command");
  return words.length === 2 ? bulk(words[1] as string) : simple('PONG');
}

/** There is one database. */
function select(index: string): Reply {
  const database = wholeNumber(index);
  if (database === null) return error('ERR value is not an integer or out of range');
  return database === 0 ? okay : error('ERR DB index is out of range');
}

function quit({ session }: Call): Reply {
  session.closing = true;
  return okay;
}

function reset(call: Call): Reply {
  startAsDefault(call);
  call.session.protocol = 2;
  call.session.name = '';
  call.session.protectedFromEviction = false;
  return simple('RESET');
}
