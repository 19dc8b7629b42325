import type { Arrivals, Shard } from '../../core/arrivals.ts';
import { type Due, DueQueue } from '../../core/due-queue.ts';
import { below, random } from '../../core/random.ts';
import { constantArrivals, settledMs } from './arrival-shape.ts';
import { callOutRate } from './call-outs.ts';
import { castingOf } from './casting.ts';
import { type Crowd, firstOpenJourney, initialPlayers, purposes } from './crowd.ts';
import { loginRate } from './login-rate.ts';
import { OpenArrivals } from './open-arrivals.ts';
import { groupsPerJourney, noParties } from './parties.ts';
import { endless } from './sessions.ts';

/**
 * Everybody who arrives, for one of several generators that share the crowd without a word to each other. Who is there from the start is
 * spread over the time to join; after them come open arrivals that wait for nobody. From `untilMs` on nobody is looked for.
 */
export function arrivalsOf(crowd: Crowd, shard: Shard, untilMs = Number.POSITIVE_INFINITY): Arrivals {
  return new CrowdArrivals(crowd, shard, untilMs);
}

class CrowdArrivals implements Arrivals {
  atMs = Number.POSITIVE_INFINITY;
  journey = 0;

  private readonly crowd: Crowd;
  private readonly shard: Shard;
  private readonly initial: number;
  private readonly open: OpenArrivals;
  /** Members of parties whose first one has arrived. */
  private readonly followers = new DueQueue<Due>();
  private nextInitial: number;
  private nextInitialMs = 0;

  constructor(crowd: Crowd, shard: Shard, untilMs: number) {
    this.crowd = crowd;
    this.shard = shard;
    this.initial = initialPlayers(crowd);
    this.open = openArrivals(crowd, untilMs);
    this.nextInitial = shard.index - shard.of;
    this.advanceInitial();
    this.next();
  }

  next(): void {
    do this.take();
    while (this.journey % this.shard.of !== this.shard.index && this.atMs < Number.POSITIVE_INFINITY);
  }

  private take(): void {
    const { open, followers } = this;
    const followerMs = followers.first?.dueMs ?? Number.POSITIVE_INFINITY;
    if (this.nextInitialMs <= open.atMs && this.nextInitialMs <= followerMs) {
      this.atMs = this.nextInitialMs;
      this.journey = this.nextInitial;
      this.advanceInitial();
    } else if (open.atMs <= followerMs) {
      this.atMs = open.atMs;
      this.journey = open.journey;
      this.follow(open.journey, open.size);
      open.next();
    } else {
      const follower = followers.take() as Due;
      this.atMs = follower.dueMs;
      this.journey = follower.journey;
    }
  }

  /** Whoever comes with the one who has just arrived: within seconds. */
  private follow(first: number, size: number): void {
    const { seed, parties = noParties } = this.crowd;
    for (let journey = first + 1; journey < first + size; journey++) {
      const laterMs = below(random(seed, journey, purposes.arrival), parties.withinMs + 1);
      this.followers.add({ dueMs: this.atMs + laterMs, journey });
    }
  }

  /**
   * The join is cut into as many slots as there are players, and each of them comes somewhere in a slot of its own: evenly, in order, and
   * from (seed, journey) alone.
   */
  private advanceInitial(): void {
    this.nextInitial += this.shard.of;
    const { crowd, initial, nextInitial } = this;
    if (nextInitial >= initial) this.nextInitialMs = Number.POSITIVE_INFINITY;
    else {
      const fraction = below(random(crowd.seed, nextInitial, purposes.arrival), 65_536);
      this.nextInitialMs = Math.floor((crowd.joinMs * (nextInitial * 65_536 + fraction)) / (initial * 65_536));
    }
  }
}

function openArrivals(crowd: Crowd, untilMs: number): OpenArrivals {
  const { seed, players, mix, sessions = endless, shape = constantArrivals, parties = noParties, callOuts = null } = crowd;
  const casting = castingOf(mix, sessions);
  const steady = loginRate({ players, sessions, shape, casting });
  const more = callOuts === null ? () => 0 : callOutRate(seed, callOuts);
  const groups = groupsPerJourney(parties);
  const isSettled = (second: number) => casting.leavesPerMilleSecond === 0 && callOuts === null && second * 1000 > settledMs(shape);
  const isOver = (second: number) => second * 1000 >= untilMs || isSettled(second);
  return new OpenArrivals({
    seed,
    parties,
    firstJourney: firstOpenJourney(crowd),
    groupsIn: (second) => (isOver(second) ? -1 : (steady(second) + more(second)) * groups),
  });
}
