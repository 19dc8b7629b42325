import type { Bench } from '../bench-run.ts';
import { quantileMs } from '../ours/told.ts';
import { playService, type ServicePlayed, type ServiceWishes } from './reference-service.ts';

export type HighestRate = {
  /** What holding means here. */
  p99MsMax: number;
  usefulMin: number;
  /** Every rate that was tried, in order. */
  tries: { requestsPerSecond: number; held: boolean; run: ServicePlayed }[];
};

const p99MsMax = 15;
const usefulMin = 0.999;
const growth = 1.5;
/** Halvings between the last rate that held and the first that did not: to an eighth of the rate, which is as much as two runs differ. */
const refinements = 2;
const rateMax = 40_000;

/** The highest rate at which the service still answers 99 of 100 within 15 ms from intention: up in steps, then halved. */
export async function searchHighestRate(bench: Bench, wishes: ServiceWishes): Promise<HighestRate> {
  const tries: HighestRate['tries'] = [];
  const holds = async (requestsPerSecond: number): Promise<boolean> => {
    bench.tell(`${requestsPerSecond} requests/s: ${wishes.players} players come`);
    const run = await playService(bench, { ...wishes, requestsPerSecond });
    tries.push({ requestsPerSecond, held: isHeld(run), run });
    bench.tell(`${requestsPerSecond} requests/s: ${wordsOf(run)}, ${isHeld(run) ? 'held' : 'not held'}`);
    return isHeld(run);
  };
  let good = 0;
  let bad = wishes.requestsPerSecond;
  while (bad <= rateMax && (await holds(bad))) {
    good = bad;
    bad = Math.round(bad * growth);
  }
  for (let step = 0; step < refinements && good > 0 && bad <= rateMax; step++) {
    const middle = Math.round((good + bad) / 2);
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return { p99MsMax, usefulMin, tries };
}

/** Null where no rate held. */
export function highestHeld({ tries }: HighestRate): number | null {
  const held = tries.filter((one) => one.held).map(({ run }) => run.played.measured.sent / run.played.measured.seconds);
  return held.length === 0 ? null : Math.max(...held);
}

/** A generator that is late proves nothing, and a rate that was not reached is not that rate. */
function isHeld({ wishes, played, restarts }: ServicePlayed): boolean {
  const { measured, whole, lagUs } = played;
  const p99Ms = quantileMs(measured.latencyUs, 0.99);
  const lagP99Ms = quantileMs(lagUs, 0.99);
  return (
    p99Ms !== null &&
    p99Ms < p99MsMax &&
    lagP99Ms !== null &&
    lagP99Ms < p99MsMax &&
    measured.ok / measured.planned >= usefulMin &&
    measured.sent / measured.seconds >= 0.95 * wishes.requestsPerSecond &&
    whole.dropped === 0 &&
    restarts === 0
  );
}

function wordsOf({ played: { measured, lagUs }, restarts }: ServicePlayed): string {
  const share = ((100 * measured.ok) / Math.max(1, measured.planned)).toFixed(2);
  const [p99, lag] = [quantileMs(measured.latencyUs, 0.99), quantileMs(lagUs, 0.99)];
  return `${Math.round(measured.sent / measured.seconds)} sent/s, useful ${share} %, p99 ${p99} ms, lag p99 ${lag} ms, ${restarts} restarts`;
}
