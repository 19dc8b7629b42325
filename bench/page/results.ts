import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Accounting } from '../parts/accounting.ts';
import type { CrowdPlayed } from '../parts/crowd-play.ts';
import type { FirstRequest } from '../parts/first-request.ts';
import type { HighestRate } from '../parts/highest-rate.ts';
import type { PeerPlayed } from '../parts/peers-connected.ts';
import type { ServicePlayed } from '../parts/reference-service.ts';
import type { FailedRound, Round } from '../parts/throughput.ts';
import type { Timed } from '../subjects/subject.ts';
import type { Machine } from './machine.ts';
import type { Share } from './profile.ts';

/** What each part measured. Parts are run, kept and replaced one by one; the page is written from all that are there. */
export type PartFigures = {
  throughput: {
    warmupSeconds: number;
    measuredSeconds: number;
    players: number;
    rounds: Round[];
    failed: FailedRound[];
    versions: { [peer: string]: string };
  };
  accounting: Accounting;
  connected: { runs: CrowdPlayed[]; peers: PeerPlayed[] };
  many: { runs: CrowdPlayed[] };
  service: { runs: ServicePlayed[] };
  highest: HighestRate;
  journeys: { runs: Timed[] };
  'first-request': FirstRequest;
  truth: Share;
};

export type Part = keyof PartFigures;
export const parts: readonly Part[] = [
  'throughput',
  'accounting',
  'connected',
  'many',
  'service',
  'highest',
  'journeys',
  'first-request',
  'truth',
];

/** With where and by which command it was measured. */
export type Kept<P extends Part> = { part: P; machine: Machine; command: string; figures: PartFigures[P] };
export type AllKept = { [P in Part]?: Kept<P> };

export async function keep<P extends Part>(folder: string, kept: Kept<P>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(folder, kept.part), `${JSON.stringify(kept, null, 2)}\n`);
}

export async function readKept<P extends Part>(folder: string, part: P): Promise<Kept<P> | null> {
  const text = await readFile(fileOf(folder, part), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Kept<P>);
}

export async function readAll(folder: string): Promise<AllKept> {
  const all = await Promise.all(parts.map(async (part) => [part, await readKept(folder, part)] as const));
  return Object.fromEntries(all.filter(([, kept]) => kept !== null));
}

/**
 * What was kept and what came now, as one: only of the same commit and of parts whose runs are a list. Figures of two commits are never
 * mixed: then only the new ones stay.
 */
export function added(before: Kept<Part>, now: Kept<Part>): Kept<Part> {
  if (before.machine.commit !== now.machine.commit || before.machine.changed !== now.machine.changed) return now;
  const figures: { [name: string]: unknown } = { ...now.figures };
  for (const [name, value] of Object.entries(now.figures) as [string, unknown][]) {
    const earlier = (before.figures as { [name: string]: unknown })[name];
    if (Array.isArray(value) && Array.isArray(earlier)) figures[name] = [...earlier, ...value];
    else if (name === 'versions') figures[name] = { ...(earlier as object), ...(value as object) };
  }
  const command = before.command === now.command ? now.command : `${before.command}; ${now.command}`;
  return { ...now, command, figures } as Kept<Part>;
}

function fileOf(folder: string, part: Part): string {
  return join(folder, `${part}.json`);
}
