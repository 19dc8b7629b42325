/** How many are there when, as data. `players` of the crowd is the most that a shape aims at. */
export type ArrivalShape =
  /** Everybody is there from the start, and as many arrive as leave. */
  | { shape: 'constant' }
  /** From a share of the players at the start to all of them, evenly. */
  | { shape: 'ramp'; from: number; overMs: number }
  /** From nobody to everybody, as fast as players could be let in. */
  | { shape: 'launch'; overMs: number }
  /** Constant, but for a while so many times as many arrive. */
  | { shape: 'flash'; atMs: number; forMs: number; times: number }
  /** Up and down once a day, between a share of the players and all of them; `startsAt` 0 is the trough, 0.5 the peak. */
  | { shape: 'diurnal'; dayMs: number; trough: number; startsAt: number }
  /** As many as there were at that time when somebody counted, relative to the most that there were. */
  | { shape: 'curve'; points: readonly CurvePoint[] };

/** At `ms` since play began a `share` of the players (0..1) is there; straight lines in between, the last one holds on. */
export type CurvePoint = { ms: number; share: number };

export const constantArrivals: ArrivalShape = { shape: 'constant' };

/** Half a wave in twelve hours, in thousandths: (1 - cos) / 2. One harmonic a day is assumed; that there is a day is sourced. */
const wave: readonly number[] = [0, 17, 67, 146, 250, 371, 500, 629, 750, 854, 933, 983, 1000];

/** The share of the players that is meant to be there at that time. */
export function shareAt(shape: ArrivalShape, ms: number): number {
  switch (shape.shape) {
    case 'constant':
    case 'flash':
      return 1;
    case 'ramp':
      return ms >= shape.overMs ? 1 : shape.from + ((1 - shape.from) * ms) / shape.overMs;
    case 'launch':
      return ms >= shape.overMs ? 1 : ms / shape.overMs;
    case 'diurnal':
      return shape.trough + (1 - shape.trough) * waveAt(ms / shape.dayMs + shape.startsAt);
    case 'curve':
      return curveAt(shape.points, ms);
  }
}

/** How many times as many arrive as the share alone would need. */
export function timesAt(shape: ArrivalShape, ms: number): number {
  return shape.shape === 'flash' && ms >= shape.atMs && ms < shape.atMs + shape.forMs ? shape.times : 1;
}

/** From here on the share stays as it is. */
export function settledMs(shape: ArrivalShape): number {
  switch (shape.shape) {
    case 'constant':
    case 'flash':
      return 0;
    case 'ramp':
    case 'launch':
      return shape.overMs;
    case 'diurnal':
      return Number.POSITIVE_INFINITY;
    case 'curve':
      return shape.points.reduce((latest, { ms }) => (ms > latest ? ms : latest), 0);
  }
}

function waveAt(days: number): number {
  const hours = (days - Math.floor(days)) * 24;
  const up = hours <= 12 ? hours : 24 - hours;
  const hour = Math.floor(up);
  const from = wave[hour] as number;
  return (from + ((wave[hour + 1] ?? from) - from) * (up - hour)) / 1000;
}

function curveAt(points: readonly CurvePoint[], ms: number): number {
  let before = points[0] as CurvePoint;
  for (const point of points) {
    if (point.ms > ms)
      return before.ms >= point.ms
        ? point.share
        : before.share + ((point.share - before.share) * (ms - before.ms)) / (point.ms - before.ms);
    before = point;
  }
  return before.share;
}
