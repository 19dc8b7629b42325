/** A crowd as it was drawn, without any service: what `launchstorm crowd --json` prints. */
export type CrowdDrawing = {
  format: 'launchstorm.crowd/1';
  title: string;
  scenario: string;
  seed: number;
  players: number;
  mix: { readonly [persona: string]: number };
  sessionLaw: string;
  arrivalShape: string;
  durationMs: number;
  /** What comes before is warm-up, and in none of the figures below. */
  joinedMs: number;
  seconds: {
    /** Of the end of each second. */
    players: readonly number[];
    arrivals: readonly number[];
    departures: readonly number[];
    search: readonly number[];
    spawns: readonly number[];
    biome: readonly number[];
  };
  concurrency: { mean: number; min: number; max: number };
  requests: {
    count: number;
    perSecond: number;
    perPlayerPerSecond: number;
    search: number;
    spawns: number;
    biome: number;
    chains: number;
  };
  popularity: {
    searches: number;
    cellBlocks: number;
    cells: number;
    hottest: readonly number[];
    topOnePercent: number;
    topFivePercent: number;
    zipfExponent: number | null;
    zipfRanks: number;
  };
  /** Index of dispersion of counts; null where the run is too short for such windows. */
  burstiness: readonly { windowSeconds: number; requests: number | null; arrivals: number | null }[];
  churn: {
    arrived: number;
    left: number;
    /** Of those who were there from the start, those who are there at the end. Null where nobody was. */
    initialLeftShare: number | null;
    /** Null where nobody leaves by the clock. */
    sessionMsMean: number | null;
    /** So long it takes until half of the players are other ones. */
    halfExchangedMs: number | null;
  };
};
