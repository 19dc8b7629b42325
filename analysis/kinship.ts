import { basename } from 'node:path';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import type { RunHeader } from '../rehearsal/record.ts';
import type { Runner, RunnerHeader } from './runner.ts';

/** Runners that are parts of one run: who broke things (or began first), everybody else, and what was expected of all. */
export type Family = { lead: Runner; others: readonly Runner[]; expect: RunHeader['expect'] };

/** Begun further apart than this, one would join while the other has its steady state. Clocks that are off count as well. */
export const startsApartMsMax = 5000;

type Trait = { name: string; of: (header: RunnerHeader) => string | null };

/** What parts of one run have in common. Null is not known and fits to everything. */
const traits: readonly Trait[] = [
  { name: 'command', of: ({ kind }) => kind },
  // The folder that a scenario lies in may differ from machine to machine; the address of a target may not.
  { name: 'scenario', of: ({ scenario }) => (scenario.includes('://') ? scenario : basename(scenario)) },
  { name: 'title', of: ({ title }) => title },
  { name: 'environment', of: ({ environment }) => environment },
  { name: 'platform', of: ({ platform }) => platform },
  // Every load has a crowd of its own; runners of a rehearsal share one, which comes from one seed.
  { name: 'seed', of: ({ kind, seed }) => (kind === 'load' ? null : String(seed)) },
  { name: 'mix of personas', of: ({ mix }) => textOf(mix) },
  { name: 'expectations', of: ({ expect }) => (expect === null ? null : JSON.stringify(expect)) },
];

/** Whether these are parts of one run, or every reason why not. */
export function familyOf(runners: readonly Runner[]): Result<Family> {
  const ordered = [...runners].sort(byBegin);
  const breakers = ordered.filter(hasFaults);
  const lead = breakers[0] ?? ordered[0];
  if (lead === undefined)
    return { ok: false, problems: [{ place: 'merge', problem: 'nothing to merge', remedy: "name the runners' folders" }] };
  const others = ordered.filter((runner) => runner !== lead);
  const expect = [lead, ...others].map(({ header }) => header.expect).find((each) => each !== null) ?? null;
  const problems = [
    ...duplicates(ordered),
    ...breakers.slice(1).map((runner) => brokeToo(runner, lead)),
    ...others.flatMap((runner) => [...differences(runner, lead), ...distance(runner, lead)]),
    ...(expect === null ? [expectsUnknown(lead)] : []),
  ];
  return problems.length > 0 || expect === null ? { ok: false, problems } : { ok: true, value: { lead, others, expect } };
}

/** By begin, then by name: whoever gives the same runners in another order gets the same report. */
function byBegin({ header: left }: Runner, { header: right }: Runner): number {
  return Date.parse(left.startedAt) - Date.parse(right.startedAt) || (left.runId < right.runId ? -1 : 1);
}

function hasFaults({ report, journalled }: Runner): boolean {
  return (report?.faults ?? journalled?.faults ?? []).length > 0;
}

function duplicates(runners: readonly Runner[]): readonly Problem[] {
  return runners.flatMap((runner, index) => {
    const twin = runners.slice(0, index).find((other) => sameAs(other, runner) !== null);
    if (twin === undefined) return [];
    return [{ place: runner.place, problem: `is ${twin.place} once more: ${sameAs(twin, runner)}`, remedy: 'name each runner once' }];
  });
}

function sameAs(one: Runner, other: Runner): string | null {
  if (one.secondsPath === other.secondsPath) return 'the same file';
  if (one.header.runId === other.header.runId) return `the same run, ${one.header.runId}`;
  return one.digest === other.digest && one.seconds.slices.length > 0 ? 'the same seconds, byte for byte' : null;
}

function brokeToo({ place }: Runner, lead: Runner): Problem {
  return {
    place,
    problem: `broke things, and so did ${lead.place}: these are two runs`,
    remedy: 'merge one run that broke things with the runners that only played',
  };
}

function differences({ place, header }: Runner, lead: Runner): readonly Problem[] {
  return traits.flatMap(({ name, of }) => {
    const own = of(header);
    const leads = of(lead.header);
    if (own === null || leads === null || own === leads) return [];
    return [
      {
        place,
        problem: `${name} is ${own}, of ${lead.place} ${leads}`,
        remedy: 'merge only what played the same scenario in the same environment',
      },
    ];
  });
}

function distance({ place, header }: Runner, lead: Runner): readonly Problem[] {
  const apartMs = Date.parse(header.startedAt) - Date.parse(lead.header.startedAt);
  if (Math.abs(apartMs) <= startsApartMsMax) return [];
  return [
    {
      place,
      problem: `began ${Math.abs(apartMs) / 1000} s ${apartMs > 0 ? 'after' : 'before'} ${lead.place}`,
      remedy: `runners of one run begin within ${startsApartMsMax / 1000} s of each other: check their clocks, or merge other folders`,
    },
  ];
}

function expectsUnknown({ place }: Runner): Problem {
  return { place, problem: 'nobody says what was expected', remedy: "leave the conductor's journal.ndjson beside its report.json" };
}

function textOf(mix: RunnerHeader['mix']): string | null {
  const personas = Object.keys(mix).sort();
  return personas.length === 0 ? null : personas.map((persona) => `${persona} ${mix[persona]}`).join(', ');
}
