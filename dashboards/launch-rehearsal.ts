import type { Dashboard, Panel, Row } from './panel.ts';
import { of, quantileOf, rateOf, sumBy } from './promql.ts';

const usefulChains = sumBy('', rateOf('launchstorm_chains_useful_total'));
const plannedChains = sumBy('', rateOf('launchstorm_chains_planned_total'));
/** Whatever left this machine. */
const sent = rateOf('launchstorm_actions_total', 'outcome=~"ok|empty|wrong|refused|unknown"');
const emptyChests = rateOf('launchstorm_actions_total', 'operation="search"', 'outcome="empty"');
const searches = rateOf('launchstorm_actions_total', 'operation="search"');
const burnRate = `(1 - ${usefulChains} / ${plannedChains}) / (1 - $objective)`;
const perPlayer = `${sumBy('', sent)} / ${sumBy('', of('launchstorm_players'))}`;

const atAGlance: Row = {
  title: 'At a glance',
  panels: [
    {
      title: 'Useful chains',
      asks: 'Of all that players set out to do, how much was of use to them from the first search to the map?',
      unit: 'percentunit',
      shape: 'figure',
      width: 4,
      queries: [{ legend: 'useful', promql: `${usefulChains} / ${plannedChains}` }],
    },
    {
      title: 'Empty chests',
      asks: 'Of all searches, how many were answered 200 and brought no loot? A dashboard of status codes shows none of them.',
      unit: 'percentunit',
      shape: 'figure',
      width: 4,
      limits: { warn: 0.001, bad: 0.01 },
      queries: [{ legend: 'empty', promql: `${sumBy('', emptyChests)} / ${sumBy('', searches)}` }],
    },
    {
      title: 'Burn rate',
      asks: 'How many times faster than the objective allows is the budget of failures being used up? Above 1 it will not last.',
      unit: 'none',
      shape: 'figure',
      width: 4,
      limits: { warn: 1, bad: 10 },
      queries: [{ legend: 'burn rate', promql: burnRate }],
    },
    {
      title: 'Search p99',
      asks: 'How long do the slowest hundredth of searches take, from the moment when the player meant to search?',
      unit: 's',
      shape: 'figure',
      width: 4,
      limits: { warn: 0.05, bad: 0.25 },
      queries: [{ legend: 'p99', promql: quantileOf(0.99, 'launchstorm_action_latency_seconds', '', 'operation="search"') }],
    },
    {
      title: 'Players',
      asks: 'How many players are connected now?',
      unit: 'short',
      shape: 'figure',
      width: 4,
      queries: [{ legend: 'players', promql: sumBy('', of('launchstorm_players')) }],
    },
    {
      title: 'Faults applied',
      asks: 'How many faults are applied just now and not put back yet?',
      unit: 'short',
      shape: 'figure',
      width: 4,
      limits: { warn: 1, bad: 2 },
      queries: [{ legend: 'faults', promql: sumBy('', of('launchstorm_fault_active')) }],
    },
  ],
};

const run: Row = {
  title: 'The run',
  panels: [
    {
      title: 'Window',
      asks: 'In which window of the report is play now: before, during a fault, in its recovery, or after?',
      unit: 'none',
      shape: 'states',
      width: 12,
      queries: [{ legend: '{{window}}', promql: `max by (window) (${of('launchstorm_window_active')})` }],
    },
    {
      title: 'Faults',
      asks: 'Which fault was applied when, and when was it put back?',
      unit: 'none',
      shape: 'states',
      width: 12,
      queries: [{ legend: '{{fault}} ({{variant}})', promql: `max by (fault, variant) (${of('launchstorm_fault_active')})` }],
    },
  ],
};

const usefulness: Row = {
  title: 'Is it of use to players?',
  panels: [
    {
      title: 'Chains per second',
      asks: 'How many chains treasure, spawns, biome map do players set out on, and how many are of use to them?',
      unit: 'reqps',
      shape: 'lines',
      width: 12,
      queries: [
        { legend: 'planned', promql: plannedChains },
        { legend: 'completed', promql: sumBy('', rateOf('launchstorm_chains_completed_total')) },
        { legend: 'useful', promql: usefulChains },
      ],
    },
    {
      title: 'Burn rate over time',
      asks: 'When was the budget of failures used up faster than the objective allows (1), and how long did that last?',
      unit: 'none',
      shape: 'lines',
      width: 12,
      queries: [{ legend: 'burn rate', promql: burnRate }],
    },
    {
      title: 'Empty chests per second',
      asks: 'Which operation brings answers without anything in them, and when did that begin?',
      unit: 'reqps',
      shape: 'lines',
      width: 12,
      queries: [{ legend: '{{operation}}', promql: sumBy('operation', rateOf('launchstorm_actions_total', 'outcome="empty"')) }],
    },
    {
      title: 'What else went wrong, per second',
      asks: 'How did the actions end that were of no use: refused, wrong, without an answer, without a connection?',
      unit: 'reqps',
      shape: 'stacked',
      width: 12,
      queries: [{ legend: '{{outcome}}', promql: sumBy('outcome', rateOf('launchstorm_actions_total', 'outcome!="ok"')) }],
    },
  ],
};

const latency: Row = {
  title: 'How long do players wait?',
  panels: [
    latencyBy('operation', 'Latency p99 by operation', 'Which link of the chain is slow, from the moment when the player meant to act?'),
    latencyBy(
      'window',
      'Search p99 by window',
      'How much slower is a search during a fault and in its recovery than before?',
      'operation="search"',
    ),
    {
      title: 'Search latency',
      asks: 'How long does a search take for most players, and for the unlucky ones?',
      unit: 's',
      shape: 'lines',
      width: 12,
      queries: [0.5, 0.95, 0.99].map((share) => ({
        legend: `p${share * 100}`,
        promql: quantileOf(share, 'launchstorm_action_latency_seconds', '', 'operation="search"'),
      })),
    },
    {
      title: 'From the intention, and from the send',
      asks: 'How much of the waiting happens before a request is even sent? A test that counts from the send does not see that.',
      unit: 's',
      shape: 'lines',
      width: 12,
      queries: [
        { legend: 'p99 from the intention', promql: quantileOf(0.99, 'launchstorm_action_latency_seconds', '') },
        { legend: 'p99 from the send', promql: quantileOf(0.99, 'launchstorm_action_service_seconds', '') },
        { legend: 'p99 of a useful chain', promql: quantileOf(0.99, 'launchstorm_chain_latency_seconds', '') },
      ],
    },
  ],
};

function latencyBy(label: string, title: string, asks: string, ...matchers: readonly string[]): Panel {
  const promql = quantileOf(0.99, 'launchstorm_action_latency_seconds', label, ...matchers);
  return { title, asks, unit: 's', shape: 'lines', width: 12, queries: [{ legend: `{{${label}}}`, promql }] };
}

const crowd: Row = {
  title: 'Who plays?',
  panels: [
    {
      title: 'Players and sessions',
      asks: 'How many play at the same time, and how many began to in the last minutes?',
      unit: 'short',
      shape: 'lines',
      width: 8,
      queries: [
        { legend: 'players', promql: sumBy('', of('launchstorm_players')) },
        { legend: 'sessions begun per second', promql: sumBy('', rateOf('launchstorm_sessions_total')) },
      ],
    },
    {
      title: 'Requests per second',
      asks: 'How much do players ask of the service, by operation?',
      unit: 'reqps',
      shape: 'stacked',
      width: 8,
      queries: [{ legend: '{{operation}}', promql: sumBy('operation', sent) }],
    },
    {
      title: 'Requests per player per second',
      asks: 'Do they play like players? 3,200 requests per second of 15,000 players are 0.21 for each.',
      unit: 'reqps',
      shape: 'lines',
      width: 8,
      queries: [{ legend: 'per player', promql: perPlayer }],
    },
    {
      title: 'Pods',
      asks: 'How many pods were there to answer, as the platform saw them?',
      unit: 'short',
      shape: 'stacked',
      width: 12,
      queries: [{ legend: '{{state}}', promql: sumBy('state', of('launchstorm_pods')) }],
    },
    {
      title: 'Restarts',
      asks: 'Which pod was restarted how often in the time shown?',
      unit: 'short',
      shape: 'lines',
      width: 12,
      queries: [{ legend: '{{pod}}', promql: `sum by (pod) (increase(${of('launchstorm_pod_restarts_total')}[$__range]))` }],
    },
  ],
};

export const launchRehearsal: Dashboard = {
  uid: 'launchstorm-rehearsal',
  title: 'Launch rehearsal',
  about: 'What players feel while the launch is rehearsed: useful chains, empty chests, waiting, with every fault as a band.',
  identity: 'launchstorm_run_info',
  rows: [atAGlance, run, usefulness, latency, crowd],
};
