import type { Answer, Ask } from '../players/player.ts';
import type { ScriptedReply } from '../players/replay.ts';

/** Whoever stands in for the service when only the crowd is looked at: always of use, after 4 to 10 ms, and nothing to parse. */
export function usefulService(_ask: Ask, step: number): ScriptedReply {
  reply.afterMs = 4 + (step % 7);
  return reply;
}

/** One object for all replies: each is used up before the next one is asked for. */
const reply = { kind: 'useful' as const, afterMs: 0, fill: fillUseful };

/** A chest a few steps away, as searches find them. */
function fillUseful(ask: Ask, answer: Answer): void {
  answer.outcome = 'ok';
  answer.status = 200;
  answer.treasureId = ask.kind === 'search' ? 'chest-1' : '';
  answer.x = ask.x + 21;
  answer.y = ask.y;
  answer.z = ask.z;
  answer.count = 2;
}
