import { judge } from '../players/judge.ts';
import type { Answer, Ask } from '../players/player.ts';
import { scan } from '../players/scan.ts';
import type { Reply } from '../transports/reply.ts';
import { isUseful } from './scan-wasm/scan-module.ts';

/**
 * Judges an answer of the treasure API where it lies, byte by byte; what is unusual in any way is decoded, parsed and judged then.
 * The compiled scan knows useful answers only, in the memory that sockets read into.
 */
export function judgeReply(ask: Ask, reply: Reply, answer: Answer): string {
  const { status, bytes, from, to } = reply;
  if (status !== 200) return judge(ask, status, reply.text(), answer);
  if (isUseful(ask, reply, answer)) return '';
  return scan(ask, bytes, { from, to }, answer) ?? judge(ask, status, reply.text(), answer);
}
