import type { Outcome } from '../../core/outcome.ts';
import type { Answer } from './player.ts';

/** What can be said from the status alone, in one line for people; null where the body has to be read. */
export function judgeStatus(status: number, body: string, answer: Answer): string | null {
  clear(answer);
  answer.status = status;
  if (status >= 400) return rule(answer, 'refused', `refused with ${status}${reasonIn(body)}`);
  if (status >= 200 && status < 300) return null;
  const words = isRedirect(status) ? 'sends the player elsewhere: redirects are not followed' : 'is no answer to a player';
  return rule(answer, 'wrong', `status ${status} ${words}`);
}

/** Notes how it ended, and passes the line for people on. */
export function rule(answer: Answer, outcome: Outcome, detail: string): string {
  answer.outcome = outcome;
  return detail;
}

/** Nothing of the previous answer may survive: the next link would start from there. */
export function clear(answer: Answer): void {
  answer.outcome = 'wrong';
  answer.status = 0;
  answer.treasureId = '';
  answer.x = 0;
  answer.y = 0;
  answer.z = 0;
  answer.count = 0;
}

/** The JSON value of a body, or undefined where it is none. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** For people: what came where JSON was expected. Never the body itself, it may hold anything. */
export function insteadOfJson(status: number, body: string): string {
  const start = body.slice(0, 200).trim().toLowerCase();
  if (body === '') return status === 204 ? 'status 204: an answer without a body' : 'an empty body instead of JSON';
  // The first two bytes of gzip, the second one as the UTF-8 decoder leaves it.
  if (body.startsWith('\u001f\ufffd')) return 'compressed data (gzip) that nobody asked for';
  if (start.startsWith('<?xml')) return 'XML instead of JSON';
  if (start.startsWith('<')) return 'HTML instead of JSON';
  if (start.startsWith('{') || start.startsWith('[')) return 'JSON that is broken, or was cut off';
  return 'plain text instead of JSON';
}

/** Bounded, for ids that somebody else has chosen. */
export function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

function isRedirect(status: number): boolean {
  return (status >= 301 && status <= 303) || status === 307 || status === 308;
}

/** The machine-readable reason of a refusal, where the body gives one; never more of the body than that. */
function reasonIn(body: string): string {
  const reason = /"error"\s*:\s*"([A-Za-z0-9_-]{1,60})"/.exec(body.slice(0, 2000));
  return reason === null ? '' : `: ${reason[1] as string}`;
}
