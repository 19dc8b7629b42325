import { exponential } from '../../core/laws/exponential.ts';
import { drawn, unit } from '../../core/laws/law.ts';
import { type Random, random } from '../../core/random.ts';
import { blockSize, groupSizes, type Parties } from './parties.ts';

export type OpenArrivalsOptions = {
  seed: number;
  parties: Parties;
  /** The first journey that is not there from the start. */
  firstJourney: number;
  /** Groups (somebody alone, or a party) that arrive in that second of play, on average; below 0 once nobody comes any more. */
  groupsIn: (second: number) => number;
};

const gaps = exponential(1);
const arrivalStream = 0xa221;

/** Nobody is meant to come for six hours: nobody comes any more. A curve that ends with nobody has no other sign of it. */
const emptySecondsMax = 21_600;

/**
 * A Poisson process whose rate changes from second to second: each second has a stream of its own, and within it the gaps are exponential.
 * So what happens in a second follows from (seed, second), and whoever starts later only has to count. A group takes the next journeys.
 */
export class OpenArrivals {
  /** When the next group arrives; Infinity once nobody comes any more. */
  atMs = 0;
  /** The first journey of that group, and how many come with it, itself included. */
  journey: number;
  size = 1;

  private readonly options: OpenArrivalsOptions;
  private second = -1;
  private stream: Random;
  /** Expected groups of this second, and how far into them we are, in 1/2^20. */
  private expected = 0;
  private passed = 0;
  private emptySeconds = 0;
  private sizes: readonly number[] = [];
  private sizeAt = 0;

  constructor(options: OpenArrivalsOptions) {
    this.options = options;
    this.stream = random(options.seed, arrivalStream);
    this.journey = options.firstJourney;
    this.size = 0;
    this.next();
  }

  next(): void {
    this.journey += this.size;
    this.size = this.nextSize();
    this.passed += drawn(gaps, this.stream);
    while (this.passed >= this.expected) if (!this.turnSecond()) return;
    this.atMs = this.second * 1000 + Math.floor((this.passed * 1000) / this.expected);
  }

  /** What is left of a gap at the end of a second has no memory: the next second begins with a gap of its own. */
  private turnSecond(): boolean {
    const { seed, groupsIn } = this.options;
    this.second += 1;
    const groups = groupsIn(this.second);
    this.emptySeconds = groups > 0 ? 0 : this.emptySeconds + 1;
    if (groups < 0 || this.emptySeconds > emptySecondsMax) {
      this.atMs = Number.POSITIVE_INFINITY;
      return false;
    }
    this.expected = Math.floor(groups * unit + 0.5);
    this.stream = random(seed, arrivalStream, this.second);
    this.passed = drawn(gaps, this.stream);
    return true;
  }

  private nextSize(): number {
    const { seed, parties } = this.options;
    if (parties.share === 0) return 1;
    if (this.sizeAt === this.sizes.length) {
      this.sizes = groupSizes(seed, parties, Math.floor(this.journey / blockSize));
      this.sizeAt = 0;
    }
    this.sizeAt += 1;
    return this.sizes[this.sizeAt - 1] as number;
  }
}
