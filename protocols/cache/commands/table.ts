import type { CommandTable } from '../lookup.ts';
import { tableOf } from '../lookup.ts';
import { aclCommands } from './acl.ts';
import { clientCommands } from './client.ts';
import { configCommands } from './config.ts';
import { connectionCommands } from './connection.ts';
import { counterCommands } from './counters.ts';
import { expiryCommands } from './expirations.ts';
import { introspectionCommands } from './introspection.ts';
import { keyCommands } from './keys.ts';
import { serverCommands } from './server.ts';
import { stringCommands } from './strings.ts';

/** Every command served. */
export const table: CommandTable = tableOf([
  ...connectionCommands,
  ...stringCommands,
  ...counterCommands,
  ...keyCommands,
  ...expiryCommands,
  ...aclCommands,
  ...clientCommands,
  ...configCommands,
  ...serverCommands,
  ...introspectionCommands((): CommandTable => table),
]);
