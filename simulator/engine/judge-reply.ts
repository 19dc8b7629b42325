import { judge } from '../players/judge.ts';
import type { Answer, Ask } from '../players/player.ts';
import { scan } from '../players/scan.ts';
import type { Reply } from '../transports/reply.ts';

/** Judges an answer of the treasure API where it lies, byte by byte; what is unusual in any way is decoded, parsed and judged then. */
export function judgeReply(ask: Ask, reply: Reply, answer: Answer): string {
  const { status, bytes, from, to } = reply;
  return (status === 200 ? scan(ask, bytes, { from, to }, answer) : null) ?? judge(ask, status, reply.text(), answer);
}
