import type { LookupAddress } from 'node:dns';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import type { Way } from '../simulator/crew/way.ts';
import { readCertificates } from './certificates.ts';
import { type Headers, readHeaders } from './headers.ts';
import { isOnThisMachine, reachable, resolveTarget, type Trust } from './target-reach.ts';
import { readTarget, type Target } from './target-url.ts';

/** How the players get to a target that this run did not start: where it is, whom they trust, what they say on every request. */
export type Approach = {
  target: Target;
  /** The name's addresses that took a connection. */
  addresses: readonly LookupAddress[];
  headers: Headers;
  trust: Trust;
  /** What the reader of the report must know about it. */
  notes: readonly string[];
};

export type ApproachWishes = { headers?: readonly string[]; headersFile?: string; ca?: string; insecure?: boolean; yes?: boolean };

/** Everything that is wrong with the way there, at once. With `touch: false` nobody is asked: neither DNS nor the target. */
export async function prepareApproach(url: string | undefined, wishes: ApproachWishes, touch = true): Promise<Result<Approach>> {
  const target = readTarget(url);
  const headers = await readHeaders(wishes.headers ?? [], wishes.headersFile);
  const ca = await readCertificates(wishes.ca);
  const problems = [target, headers, ca].flatMap((read) => (read.ok ? [] : read.problems));
  const all = [...problems, ...contradictions(wishes)];
  const trust: Trust = { insecure: wishes.insecure === true, ...(ca.ok && ca.value !== undefined ? { ca: ca.value } : {}) };
  const way = target.ok && touch ? await findWay(target.value, trust, wishes) : noWay;
  if (!way.ok || !target.ok || !headers.ok || all.length > 0) return { ok: false, problems: [...all, ...(way.ok ? [] : way.problems)] };
  const notes = [...headers.value.notes, ...(trust.insecure ? ['--insecure: whoever answered, its certificate was not looked at'] : [])];
  return { ok: true, value: { target: target.value, addresses: way.value, headers: headers.value.headers, trust, notes } };
}

/** Consent first: without it not even a connection is tried. */
async function findWay(target: Target, trust: Trust, { yes }: ApproachWishes): Promise<Result<readonly LookupAddress[]>> {
  const resolved = await resolveTarget(target);
  if (!resolved.ok) return resolved;
  if (yes !== true && !isOnThisMachine(resolved.value)) return { ok: false, problems: [consentProblem(target, resolved.value)] };
  return reachable(target, resolved.value, trust);
}

function consentProblem({ origin, host }: Target, addresses: readonly LookupAddress[]): Problem {
  const elsewhere = addresses.map(({ address }) => address).filter((address) => address !== host);
  const where = elsewhere.length === 0 ? '' : ` (${elsewhere.join(', ')})`;
  return { place: origin, problem: `is not on this machine${where}`, remedy: 'add --yes if you may load it' };
}

function contradictions({ ca, insecure }: ApproachWishes): readonly Problem[] {
  if (ca === undefined || insecure !== true) return [];
  return [{ place: '--insecure', problem: 'takes any certificate, so that --ca means nothing', remedy: 'give one of the two' }];
}

const noWay: Result<readonly LookupAddress[]> = { ok: true, value: [] };

/** Connections to the target and nowhere else. */
export function wayTo({ target, addresses, headers, trust }: Approach): Way {
  return { secure: target.secure, addresses, headers, ...trust };
}

/** The same way as options of a command line. Of a header the name only: its value may be a token. */
export function approachWords({ headers = [], headersFile, ca, insecure, yes }: ApproachWishes): readonly string[] {
  return [
    ...(headersFile === undefined ? [] : ['--headers-file', shellWord(headersFile)]),
    ...headers.flatMap((header) => ['--header', `'${(header.split(':')[0] ?? '').replaceAll("'", '')}: …'`]),
    ...(ca === undefined ? [] : ['--ca', shellWord(ca)]),
    ...(insecure === true ? ['--insecure'] : []),
    ...(yes === true ? ['--yes'] : []),
  ];
}

/** One word for a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
