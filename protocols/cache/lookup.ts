import type { Reply } from '../resp/reply.ts';
import { error } from '../resp/reply.ts';
import type { AskedFor } from './acl/permission.ts';
import type { Command } from './command.ts';

/** Every command served, by full name (`get`, `config|set`), and the names of those that are run by a subcommand. */
export type CommandTable = { commands: ReadonlyMap<string, Command>; containers: ReadonlySet<string> };

export function tableOf(commands: readonly Command[]): CommandTable {
  return {
    commands: new Map(commands.map((command) => [command.name, command])),
    containers: new Set(commands.flatMap(({ name }) => (name.includes('|') ? [name.slice(0, name.indexOf('|'))] : []))),
  };
}

export type Found = { command: Command } | { refusal: Reply };

/** The command that a request asks for, or the real server's words for not knowing it. */
export function findCommand({ commands, containers }: CommandTable, words: readonly string[]): Found {
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

export function wrongArity(command: Command, words: readonly string[]): Reply | null {
  const right = command.arity >= 0 ? words.length === command.arity : words.length >= -command.arity;
  return right ? null : wrongNumber(command.name);
}

/** What permission a request needs. */
export function askedFor(command: Command, words: readonly string[]): AskedFor {
  return { name: command.name, firstArgument: words[command.name.includes('|') ? 2 : 1], keys: keysOf(command, words) };
}

function keysOf(command: Command, words: readonly string[]): AskedFor['keys'] {
  if (command.keys === undefined) return [];
  const { first, last, step, access } = command.keys;
  const end = last < 0 ? words.length + last : last;
  const keys = [];
  for (let at = first; at <= end; at += step) keys.push({ key: words[at] as string, access: access(words, at) });
  return keys;
}

const quotedBytesMax = 128;

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
