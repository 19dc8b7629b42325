import type { Reply } from '../../resp/reply.ts';
import { bulks, verbatim } from '../../resp/reply.ts';
import type { Call, Command } from '../command.ts';
import { describeServer } from '../information.ts';

export const serverCommands: readonly Command[] = [
  { name: 'info', arity: -1, run: ({ state, words }) => verbatim(describeServer(state, words.slice(1))) },
  { name: 'time', arity: 1, run: time },
];

/** Seconds since the epoch and the microseconds on top. */
function time({ state }: Call): Reply {
  const wallUs = Math.floor(state.clock.wallMs() * 1000);
  return bulks([String(Math.floor(wallUs / 1_000_000)), String(wallUs % 1_000_000)]);
}
