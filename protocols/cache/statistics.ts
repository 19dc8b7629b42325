import type { Statistics } from './command.ts';

/** Counters from zero, as at start and after CONFIG RESETSTAT. */
export function emptyTraffic(): Statistics {
  return {
    connectionsReceived: 0,
    connectionsRejected: 0,
    clientsOverLimit: 0,
    commandsProcessed: 0,
    errorReplies: 0,
    deniedLogins: 0,
    deniedCommands: 0,
    deniedKeys: 0,
    bytesIn: 0,
    bytesOut: 0,
  };
}
