import type { PlannedWindow } from '../../simulator/k6/script-facts.ts';
import { milliseconds } from '../milliseconds.ts';
import type { Expectation } from '../scenario.ts';

/**
 * One thing that k6 judges. `needs` says what is missing where it does not hold: `promise` is the scenario's own, `data` the guard
 * beside it (in k6 a threshold without samples passes), `generator` what makes figures worthless.
 */
export type Judged = { metric: string; expression: string; text: string; needs: 'promise' | 'data' | 'generator' };

/** As in `rehearsal/doubts.ts`: 10 ms, or a tenth of the tightest latency limit if that is more. */
const lagMsMin = 10;

/** Every expectation in every window that it names, each with the guard beside it. */
export function judgedBy(expect: readonly Expectation[], windows: readonly PlannedWindow[]): readonly Judged[] {
  const promises = expect.flatMap((expectation) => {
    if ('recovery' in expectation) return [];
    return placesOf(expectation.in, windows).flatMap((place) => judgedIn(expectation, place));
  });
  return unique([...alwaysJudged(expect), ...promises]);
}

/** Expectations that no threshold can hold, in words. */
export function notJudged(expect: readonly Expectation[]): readonly string[] {
  return expect.flatMap((each) =>
    'recovery' in each ? [`recovery of ${each.of} within ${each.within} after every fault: k6 sees no recovery, a rehearsal does`] : [],
  );
}

/** Windows that expectations name and that this length of play does not have. */
export function missingWindows(expect: readonly Expectation[], windows: readonly PlannedWindow[]): readonly string[] {
  const named = expect.flatMap((each) => ('recovery' in each || !Array.isArray(each.in) ? [] : each.in));
  return [...new Set(named)].filter((name) => !windows.some((window) => window.name === name));
}

export function thresholdsOf(judged: readonly Judged[]): { readonly [metric: string]: readonly string[] } {
  const thresholds: { [metric: string]: string[] } = {};
  for (const { metric, expression } of judged) {
    thresholds[metric] ??= [];
    thresholds[metric].push(expression);
  }
  return thresholds;
}

type Place = { tag: string; words: string };
type Measured = Exclude<Expectation, { recovery: 'latency' }>;

function placesOf(where: Measured['in'], windows: readonly PlannedWindow[]): readonly Place[] {
  if (where === 'run') return [{ tag: 'phase:run', words: 'run' }];
  const names = windows.map(({ name }) => name);
  const wanted = Array.isArray(where) ? names.filter((name) => where.some((each) => each === name)) : names.filter(startsAs(where));
  return wanted.map((name) => ({ tag: `window:${name}`, words: name }));
}

function startsAs(where: 'every during' | 'every recovery'): (name: string) => boolean {
  const start = `${where.slice('every '.length)}:`;
  return (name) => name.startsWith(start);
}

function judgedIn(expectation: Measured, { tag, words }: Place): readonly Judged[] {
  const { of } = expectation;
  const counted = of === 'chain' ? { metric: 'launchstorm_chains', tags: [] } : { metric: 'launchstorm_actions', tags: [`of:${of}`] };
  const guard = (tags: readonly string[], what: string): Judged => ({
    metric: `${counted.metric}{${[...counted.tags, tag, ...tags].join(',')}}`,
    expression: 'count>0',
    text: `${what} in ${words}`,
    needs: 'data',
  });
  if ('share' in expectation) {
    const text = `useful share of ${of} in ${words} >= ${expectation.atLeast}`;
    const promise = { metric: `launchstorm_useful{of:${of},${tag}}`, expression: `rate>=${expectation.atLeast}`, text };
    return [{ ...promise, needs: 'promise' }, guard([], `any ${of}`)];
  }
  const percent = Number((expectation.latency * 100).toFixed(3));
  const limitMs = milliseconds(expectation.atMost);
  const text = `p${String(percent).replace('.', '')} of ${of} in ${words} <= ${expectation.atMost}`;
  const promise = { metric: `launchstorm_latency{of:${of},${tag}}`, expression: `p(${percent})<=${limitMs}`, text };
  return [{ ...promise, needs: 'promise' }, guard([of === 'chain' ? 'result:useful' : 'sent:yes'], `any answer to time of ${of}`)];
}

/** Whatever the scenario expects: somebody did something, in time. */
function alwaysJudged(expect: readonly Expectation[]): readonly Judged[] {
  const limits = expect.flatMap((each) => ('latency' in each ? [milliseconds(each.atMost)] : []));
  const lagMs = limits.length === 0 ? lagMsMin : Math.max(lagMsMin, Math.min(...limits) / 10);
  return [
    { metric: 'launchstorm_actions', expression: 'count>0', text: 'anybody doing anything', needs: 'data' },
    {
      metric: 'launchstorm_lag{phase:run}',
      expression: `p(99)<=${lagMs}`,
      text: `p99 of the generator's lag <= ${lagMs} ms`,
      needs: 'generator',
    },
    { metric: 'launchstorm_actions{outcome:dropped}', expression: 'count==0', text: 'no action dropped', needs: 'generator' },
  ];
}

function unique(judged: readonly Judged[]): readonly Judged[] {
  const seen = new Set<string>();
  return judged.filter(({ metric, expression }) => {
    const key = `${metric} ${expression}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
