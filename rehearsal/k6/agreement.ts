import { type Operation, type Outcome, operations, outcomes } from '../../core/outcome.ts';
import { sentOf } from '../../simulator/measure/accounting.ts';
import type { OperationFigures, StretchFigures } from '../../simulator/measure/figures.ts';
import { type Histogram, quantile } from '../../simulator/measure/histogram.ts';

/** How far two engines may lie apart that play one crowd on one target: rate and latency as a share of ours, shares in parts of 1. */
export const apartMax = { rate: 0.02, share: 0.005, latency: 0.25 } as const;

/** With fewer samples a p95 rests on less than five of them. */
export const samplesMin = 100;

/** One figure of both. `apart` and `agreed` are null where one of them has too little to say. */
export type Compared = { own: number | null; k6: number | null; apart: number | null; atMost: number; agreed: boolean | null };

export type ComparedOperation = {
  sent: { own: number; k6: number };
  ratePerSecond: Compared;
  /** Of what was planned. */
  shares: { [outcome in Outcome]: Compared };
  /** From the intended start. */
  latencyUsP50: Compared;
  latencyUsP95: Compared;
  /** From the send: told and not judged, it leaves out what each engine needs itself. */
  serviceUsP95: { own: number | null; k6: number | null };
};

export type Agreement = {
  status: 'agreed' | 'apart' | 'no-data';
  operations: { [operation in Operation]: ComparedOperation };
  because: readonly string[];
};

/** Two stretches of the same length, of the same players. No data is never an agreement. */
export function agreementOf(own: StretchFigures, k6: StretchFigures): Agreement {
  const compared = (operation: Operation) =>
    compareOperation(
      { figures: own.operations[operation], seconds: secondsOf(own) },
      { figures: k6.operations[operation], seconds: secondsOf(k6) },
    );
  const all = { search: compared('search'), spawns: compared('spawns'), biome: compared('biome') };
  const judged = operations.flatMap((operation) => judgedOf(operation, all[operation]));
  const silent = judged.filter(({ agreed }) => agreed === null).map(({ text }) => text);
  const apart = judged.filter(({ agreed }) => agreed === false).map(({ text }) => text);
  if (silent.length > 0) return { status: 'no-data', operations: all, because: [`fewer than ${samplesMin} samples: ${silent.join(', ')}`] };
  if (apart.length > 0) return { status: 'apart', operations: all, because: [`more than allowed: ${apart.join(', ')}`] };
  return { status: 'agreed', operations: all, because: [`all ${judged.length} figures agree`] };
}

/** Every figure that is judged, with its name. */
export function judgedOf(operation: Operation, compared: ComparedOperation): readonly (Compared & { text: string })[] {
  const { ratePerSecond, shares, latencyUsP50, latencyUsP95 } = compared;
  return [
    { ...ratePerSecond, text: `rate of ${operation}` },
    ...outcomes.map((outcome) => ({ ...shares[outcome], text: `share of ${outcome} of ${operation}` })),
    { ...latencyUsP50, text: `p50 of ${operation}` },
    { ...latencyUsP95, text: `p95 of ${operation}` },
  ];
}

type Side = { figures: OperationFigures; seconds: number };

function compareOperation(own: Side, k6: Side): ComparedOperation {
  const [ownSent, k6Sent] = [sentOf(own.figures), sentOf(k6.figures)];
  const shares = outcomes.map((outcome) => [outcome, compareShares(shareOf(own, outcome), shareOf(k6, outcome))] as const);
  return {
    sent: { own: ownSent, k6: k6Sent },
    ratePerSecond: compareRatios(perSecond(ownSent, own), perSecond(k6Sent, k6), apartMax.rate),
    shares: Object.fromEntries(shares) as ComparedOperation['shares'],
    latencyUsP50: compareRatios(quantileOf(own.figures.latencyUs, 0.5), quantileOf(k6.figures.latencyUs, 0.5), apartMax.latency),
    latencyUsP95: compareRatios(quantileOf(own.figures.latencyUs, 0.95), quantileOf(k6.figures.latencyUs, 0.95), apartMax.latency),
    serviceUsP95: { own: quantileOf(own.figures.serviceUs, 0.95), k6: quantileOf(k6.figures.serviceUs, 0.95) },
  };
}

/** Of ours: 0.25 is a quarter more, or a quarter less. */
function compareRatios(own: number | null, k6: number | null, atMost: number): Compared {
  if (own === null || k6 === null || own === 0) return { own, k6, apart: null, atMost, agreed: null };
  const apart = Math.abs(k6 / own - 1);
  return { own, k6, apart, atMost, agreed: apart <= atMost };
}

function compareShares(own: number | null, k6: number | null): Compared {
  const atMost = apartMax.share;
  if (own === null || k6 === null) return { own, k6, apart: null, atMost, agreed: null };
  const apart = Math.abs(k6 - own);
  return { own, k6, apart, atMost, agreed: apart <= atMost };
}

function perSecond(sent: number, { figures, seconds }: Side): number | null {
  return seconds > 0 && figures.planned >= samplesMin ? sent / seconds : null;
}

function shareOf({ figures }: Side, outcome: Outcome): number | null {
  return figures.planned < samplesMin ? null : figures.outcomes[outcome] / figures.planned;
}

function quantileOf(histogram: Histogram, share: number): number | null {
  return histogram.count < samplesMin ? null : quantile(histogram, share);
}

function secondsOf({ fromMs, toMs }: StretchFigures): number {
  return (toMs - fromMs) / 1000;
}
