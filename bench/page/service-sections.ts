import { quantileMs } from '../ours/told.ts';
import { short } from './figures.ts';
import { table } from './markdown-table.ts';
import type { AllKept } from './results.ts';

export function service({ service: part }: AllKept): string {
  if (part === undefined) return '';
  const rows = part.figures.runs.map(({ wishes, played, generatorCores, generatorRssMb, podsRssMb, restarts }) => {
    const { measured, whole, lagUs } = played;
    const useful = `${((100 * measured.ok) / measured.planned).toFixed(2)} %`;
    const times = `${short(quantileMs(measured.latencyUs, 0.5))} / ${short(quantileMs(measured.latencyUs, 0.99))} ms`;
    const lag = `${short(quantileMs(lagUs, 0.99))} ms`;
    const rate = short(measured.sent / measured.seconds);
    return [
      short(wishes.players),
      rate,
      useful,
      times,
      lag,
      short(whole.dropped),
      short(generatorCores),
      short(generatorRssMb),
      `${wishes.pods}: ${short(podsRssMb)}`,
      String(restarts),
    ];
  });
  const columns = [
    'players',
    'requests/s',
    'useful',
    'p50 / p99',
    'lag p99',
    'dropped',
    'generator cores',
    'generator MB',
    'pods: MB',
    'restarts',
  ];
  return `## Against the reference service, on the same two cores\n\n${table(columns, rows)}`;
}

export function highest({ highest: part }: AllKept): string {
  if (part === undefined) return '';
  const { tries, p99MsMax, usefulMin } = part.figures;
  const rows = tries.map(({ requestsPerSecond, held, run: { played, podsRssMb } }) => [
    short(requestsPerSecond),
    short(played.measured.sent / played.measured.seconds),
    `${((100 * played.measured.ok) / played.measured.planned).toFixed(2)} %`,
    `${short(quantileMs(played.measured.latencyUs, 0.99))} ms`,
    `${short(quantileMs(played.lagUs, 0.99))} ms`,
    short(podsRssMb),
    held ? 'held' : 'not held',
  ]);
  const columns = ['wished for', 'requests/s', 'useful', 'p99', 'lag p99', 'pods: MB', 'verdict'];
  return `### The highest rate that still holds

Held: p99 from intention below ${p99MsMax} ms, ${100 * usefulMin} % useful, the rate reached, nothing dropped, no restart.

${table(columns, rows)}`;
}
