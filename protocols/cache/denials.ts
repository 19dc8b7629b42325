import type { Refused } from './acl/denial-log.ts';
import { logDenial } from './acl/denial-log.ts';
import type { Call, Statistics } from './command.ts';
import { describeSession } from './session-line.ts';

const counters: { [reason in Refused['reason']]: keyof Statistics } = {
  auth: 'deniedLogins',
  command: 'deniedCommands',
  key: 'deniedKeys',
};

/** Counts a refusal and keeps it for ACL LOG. */
export function recordDenial({ state, session }: Pick<Call, 'state' | 'session'>, refused: Refused): void {
  const atMs = state.clock.nowMs();
  state.statistics[counters[refused.reason]] += 1;
  logDenial(state.denials, refused, { client: describeSession(session, atMs), atMs });
}
