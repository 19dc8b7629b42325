/** One thing that is wrong with what the user gave us: where, what, and what would be right. */
export type Problem = {
  /** Place a person can find: `timeline[1].fault.kind`, `--players`, `LAUNCHSTORM_REDIS_URL`. */
  place: string;
  problem: string;
  remedy: string;
};
