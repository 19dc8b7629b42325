import { type Hold, longestMs, meanMs } from './hold.ts';
import type { LifePlan, Way } from './life-plan.ts';
import type { Persona } from './player.ts';
import { retryNames } from './retry-style.ts';
import type { Row } from './rows.ts';
import { portalMsMax, portalMsMin } from './semi-markov.ts';
import { personas } from './table.ts';

/** What everybody lives by who lives by a plan. */
export const lifeRows: readonly Row[] = [
  row('think time: law', 'Weibull, shape 0.7, at most 24.5 means', '', 'no think times of game back ends have been published'),
  row(
    'break: law',
    'Pareto, shape 1.5, cut',
    '',
    'as quoted for inactive users of SURGE (Barford and Crovella 1998); the scale is assumed',
  ),
  row('a portal that somebody calls for takes', `${portalMsMin} to ${portalMsMax}, evenly`, 'ms', 'a loading screen'),
  {
    name: 'chain: links',
    value: 'treasures, spawns near the first, map of the land there',
    unit: '',
    basis: 'sourced',
    source: 'the founding story: the endpoint taken for a leaf became the hot path',
  },
  {
    name: 'residual stay at the start',
    value: 'longer stays are met more often, at any point of them',
    unit: '',
    basis: 'sourced',
    source: 'renewal theory; exact for the tables used',
  },
];

export type PersonaRows = { name: string; description: string; rows: readonly Row[] };

/** Everything that the personas of the house live by, read from their own plans: it cannot say anything else than they do. */
export const personaRows: readonly PersonaRows[] = Object.values(personas).map((persona) => ({
  name: persona.name,
  description: persona.description,
  rows: [...habits(persona), ...(persona.plan === undefined ? [] : rowsOfPlan(persona.plan))],
}));

function habits({ patienceMs, retries, retryMix, templates, inParties }: Persona): readonly Row[] {
  const styles = retryNames.filter((name) => (retryMix?.[name] ?? 0) > 0).map((name) => `${name} ${retryMix?.[name]}`);
  return [
    row('waits for an answer', patienceMs, 'ms', 'of the order of the time-outs of game SDKs'),
    row('back-off: tries after the first one', retries.retriesMax, 'tries', 'SDKs try 3 to 10 times, within their own time budget'),
    row('back-off: base and cap', `${retries.baseMs} and ${retries.capMs}`, 'ms', 'shorter than in most SDKs: a rehearsal is short'),
    row('quits after something came to nothing', retries.quitPerMille, 'of 1000', 'nobody has published it'),
    ...(styles.length === 0 ? [] : [row('styles of retrying', styles.join(', '), '', 'instead of the mix of the crowd')]),
    ...(templates === undefined ? [] : [row('bodies of its own', templates.length, '', 'what the API allows, to the last letter')]),
    ...(inParties === undefined
      ? []
      : [row('plays in a party', 'yes', '', 'players were in groups 30 % of the time (World of Warcraft, CHI 2006)')]),
  ];
}

function rowsOfPlan({ enter, states }: LifePlan): readonly Row[] {
  const rows = [rowOfWay('on arrival', enter, enter.weight)];
  for (const [from, { ways }] of Object.entries(states)) {
    const weightSum = ways.reduce((sum, { weight }) => sum + weight, 0);
    rows.push(...ways.map((way) => rowOfWay(from, way, weightSum)));
  }
  return rows;
}

function rowOfWay(from: string, { to, weight, hold, feet }: Way, weightSum: number): Row {
  const share = Math.round((1000 * weight) / weightSum) / 10;
  const reach = 'reach' in feet ? ` within ${feet.reach} blocks` : '';
  const name = `${from} to ${to}, ${share} % of times, feet: ${feet.go}${reach}`;
  return {
    name,
    value: wordsOf(hold),
    unit: 'ms',
    basis: 'assumed',
    source: hold.source ?? 'no think times of game back ends have been published',
  };
}

function wordsOf(hold: Hold): string {
  switch (hold.law) {
    case 'weibull':
      return `Weibull, mean ${hold.meanMs}`;
    case 'pareto':
      return `Pareto from ${hold.fromMs}, cut at ${longestMs(hold)}, mean ${Math.round(meanMs(hold))}`;
    case 'even':
      return `${hold.fromMs} to ${hold.toMs}, evenly`;
    case 'fixed':
      return `${hold.ms}`;
  }
}

function row(name: string, value: number | string, unit: string, source: string): Row {
  return { name, value, unit, basis: 'assumed', source };
}
