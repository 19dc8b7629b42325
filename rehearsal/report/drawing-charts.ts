import { type Chart, type ChartData, pointsMax, type Series } from './chart-data.ts';
import type { CrowdDrawing } from './drawing-format.ts';

/** The curves of a drawn crowd, at most an hour's worth of points: longer runs join seconds. */
export function drawingCharts({ seconds, durationMs }: CrowdDrawing): ChartData {
  const each = Math.ceil(seconds.players.length / pointsMax);
  const points = Math.ceil(seconds.players.length / each);
  const fromSeconds = Array.from({ length: points }, (_, point) => point * each);
  const rate = (counts: readonly number[]) => fromSeconds.map((from) => mean(counts.slice(from, from + each)));
  const players = fromSeconds.map((from) => seconds.players[Math.min(from + each, seconds.players.length) - 1] ?? 0);
  const requests = (['search', 'spawns', 'biome'] as const).map((operation, index) =>
    line(operation, index + 1, { values: rate(seconds[operation]), perPlayer: true }),
  );
  return {
    fromSeconds,
    toSeconds: fromSeconds.map((from) => Math.min(from + each, durationMs / 1000)),
    players,
    shades: [],
    charts: [
      chart('players', 'Players at the same time', 'players', [line('players', 0, { values: players })]),
      chart('arrivals', 'Players who arrive and leave', 'per second', [
        line('arrive', 1, { values: rate(seconds.arrivals) }),
        line('leave', 3, { values: rate(seconds.departures), dashed: true }),
      ]),
      chart('requests', 'Requests', 'per second', requests),
    ],
  };
}

function chart(id: string, title: string, unit: string, series: Series[]): Chart {
  return { id, title, unit, scale: null, series };
}

function line(label: string, tone: number, look: Partial<Series> & { values: number[] }): Series {
  return { label, tone, dashed: false, stepped: false, right: false, perPlayer: false, counts: null, ...look };
}

/** Two decimals are more than a screen shows. */
function mean(counts: readonly number[]): number {
  return Math.round((counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)) * 100) / 100;
}
