import type { Dashboard, Row } from './panel.ts';
import { of, quantileOf, rateOf, sumBy } from './promql.ts';

const dropped = sumBy('', rateOf('launchstorm_actions_total', 'outcome="dropped"'));
const planned = sumBy('', rateOf('launchstorm_actions_planned_total'));

const promises: Row = {
  title: 'Can the figures be believed?',
  panels: [
    {
      title: 'Lag p99',
      asks: 'How much later than meant did players act, for a reason that is ours and not of the service?',
      unit: 's',
      shape: 'figure',
      width: 6,
      limits: { warn: 0.005, bad: 0.05 },
      queries: [{ legend: 'p99', promql: quantileOf(0.99, 'launchstorm_generator_lag_seconds', '') }],
    },
    {
      title: 'Dropped',
      asks: 'Of all planned actions, how many could the generator not even begin? With any of them a run proves little.',
      unit: 'percentunit',
      shape: 'figure',
      width: 6,
      limits: { warn: 0.0001, bad: 0.001 },
      queries: [{ legend: 'dropped', promql: `${dropped} / ${planned}` }],
    },
    {
      title: 'Lost processes',
      asks: 'Are the players of some process missing from what is measured?',
      unit: 'short',
      shape: 'figure',
      width: 6,
      limits: { warn: 1, bad: 1 },
      queries: [{ legend: 'lost', promql: sumBy('', of('launchstorm_generator_lost_processes')) }],
    },
    {
      title: 'Scraped',
      asks: 'Does Prometheus reach the tool? Without it every other panel is a memory.',
      unit: 'short',
      shape: 'figure',
      width: 6,
      queries: [{ legend: 'up', promql: sumBy('', of('up')) }],
    },
  ],
};

const effort: Row = {
  title: 'What playing takes of the machine',
  panels: [
    {
      title: 'Lag over time',
      asks: 'When were players late through our own fault: does that explain a slow minute?',
      unit: 's',
      shape: 'lines',
      width: 12,
      queries: [0.5, 0.99].map((share) => ({
        legend: `p${share * 100}`,
        promql: quantileOf(share, 'launchstorm_generator_lag_seconds', ''),
      })),
    },
    {
      title: 'Dropped and abandoned per second',
      asks: 'Which actions were never begun: because of us (dropped), or because the player had left (abandoned)?',
      unit: 'reqps',
      shape: 'lines',
      width: 12,
      queries: [
        { legend: '{{outcome}}', promql: sumBy('outcome', rateOf('launchstorm_actions_total', 'outcome=~"dropped|abandoned"')) },
        { legend: 'dropped, as the generator counts them', promql: sumBy('', rateOf('launchstorm_generator_dropped_total')) },
      ],
    },
    {
      title: 'Processor cores',
      asks: 'Does playing leave enough of the machine to the service beside it?',
      unit: 'none',
      shape: 'lines',
      width: 8,
      queries: [
        { legend: 'players, mean since the start', promql: sumBy('', of('launchstorm_generator_cpu_cores')) },
        { legend: 'conductor', promql: sumBy('', rateOf('process_cpu_seconds_total')) },
      ],
    },
    {
      title: 'Memory',
      asks: 'Does the generator grow while it plays?',
      unit: 'bytes',
      shape: 'lines',
      width: 8,
      queries: [
        { legend: 'players, at most', promql: sumBy('', of('launchstorm_generator_memory_max_bytes')) },
        { legend: 'conductor', promql: sumBy('', of('process_resident_memory_bytes')) },
      ],
    },
    {
      title: 'Event loop of the conductor',
      asks: 'Is the conductor on time? Faults are applied and put back by it.',
      unit: 's',
      shape: 'lines',
      width: 8,
      queries: [{ legend: 'p99', promql: `max(${of('nodejs_eventloop_lag_p99_seconds')})` }],
    },
  ],
};

export const generatorHealth: Dashboard = {
  uid: 'launchstorm-generator',
  title: 'Generator health',
  about: 'Whether the generator kept its own promises: where it did not, the figures of the other dashboards prove nothing.',
  identity: 'launchstorm_run_info',
  rows: [promises, effort],
};
