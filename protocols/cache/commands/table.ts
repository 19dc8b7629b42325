import type { Command } from '../command.ts';
import { aclCommands } from './acl.ts';
import { clientCommands } from './client.ts';
import { configCommands } from './config.ts';
import { connectionCommands } from './connection.ts';
import { introspectionCommands } from './introspection.ts';
import { keyCommands } from './keys.ts';
import { serverCommands } from './server.ts';
import { stringCommands } from './strings.ts';

/** Every command served, by full name (`get`, `config|set`). */
export const commands: ReadonlyMap<string, Command> = new Map(
  [
    ...connectionCommands,
    ...stringCommands,
    ...keyCommands,
    ...aclCommands,
    ...clientCommands,
    ...configCommands,
    ...serverCommands,
    ...introspectionCommands((): Iterable<Command> => commands.values()),
  ].map((command) => [command.name, command]),
);

/** Commands that are run by a subcommand. */
export const containers: ReadonlySet<string> = new Set(
  [...commands.keys()].flatMap((name) => (name.includes('|') ? [name.slice(0, name.indexOf('|'))] : [])),
);
