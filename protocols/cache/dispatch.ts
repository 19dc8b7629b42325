import type { Reply } from '../resp/reply.ts';
import { error } from '../resp/reply.ts';
import { needsLogin } from './acl/directory.ts';
import { mayRun, mayTouch } from './acl/permission.ts';
import type { Call, Command } from './command.ts';
import { commands, containers } from './commands/table.ts';

/** Runs one request: known at all, right number of words, logged in, allowed; in the real server's order and words. */
export function dispatch(call: Call): Reply {
  const found = findCommand(call.words);
  if ('refusal' in found) return found.refusal;
  const { command } = found;
  const refusal = wrongArity(command, call.words) ?? refuseStranger(command, call) ?? refuseByRules(command, call);
  if (refusal !== null) return refusal;
  call.session.lastCommand = command.name;
  return command.run(call);
}

/** Positions of the words that are keys. */
export function keysOf(command: Command, words: readonly string[]): string[] {
  if (command.keys === undefined) return [];
  const { first, last, step } = command.keys;
  const end = last < 0 ? words.length + last : last;
  const keys: string[] = [];
  for (let at = first; at <= end; at += step) keys.push(words[at] as string);
  return keys;
}

type Found = { command: Command } | { refusal: Reply };

const quotedBytesMax = 128;

function findCommand(words: readonly string[]): Found {
  const name = (words[0] as string).toLowerCase();
  const subcommand = words[1];
  if (containers.has(name) && subcommand !== undefined) {
    const command = commands.get(`${name}|${subcommand.toLowerCase()}`);
    return command === undefined ? { refusal: unknownSubcommand(name, subcommand) } : { command };
  }
  const command = name.includes('|') ? undefined : commands.get(name);
  if (command !== undefined) return { command };
  return { refusal: containers.has(name) ? wrongNumber(name) : unknownCommand(words) };
}

function wrongArity(command: Command, words: readonly string[]): Reply | null {
  const right = command.arity >= 0 ? words.length === command.arity : words.length >= -command.arity;
  return right ? null : wrongNumber(command.name);
}

function refuseStranger(command: Command, { state, session }: Call): Reply | null {
  if (command.open === true || session.authenticated || !needsLogin(state.directory)) return null;
  return error('NOAUTH Authentication required.');
}

function refuseByRules(command: Command, { state, session, words }: Call): Reply | null {
  if (command.open === true) return null;
  const firstArgument = words[command.name.includes('|') ? 2 : 1];
  if (!mayRun(session.user, command.name, firstArgument)) {
    state.statistics.deniedCommands += 1;
    return error(`NOPERM this user has no permissions to run the '${command.name}' command`);
  }
  const access = command.keys?.access(words);
  if (access === undefined || keysOf(command, words).every((key) => mayTouch(session.user, key, access))) return null;
  state.statistics.deniedKeys += 1;
  return error('NOPERM this user has no permissions to access one of the keys used as arguments');
}

function wrongNumber(name: string): Reply {
  return error(`ERR wrong number of arguments for '${name}' command`);
}

function unknownSubcommand(name: string, subcommand: string): Reply {
  return error(`ERR unknown subcommand '${subcommand.slice(0, quotedBytesMax)}'. Try ${name.toUpperCase()} HELP.`);
}

function unknownCommand(words: readonly string[]): Reply {
  let quoted = '';
  for (const word of words.slice(1)) {
    if (quoted.length >= quotedBytesMax) break;
    quoted += `'${word.slice(0, quotedBytesMax - quoted.length)}' `;
  }
  const name = (words[0] as string).slice(0, quotedBytesMax);
  return error(`ERR unknown command '${name}', with args beginning with: ${quoted}`);
}
