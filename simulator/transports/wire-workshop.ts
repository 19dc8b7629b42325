import type { Clock } from '../../core/clock.ts';
import { AnswerParser } from './answer-parser.ts';
import { readBuffer } from './read-memory.ts';
import type { WireEndpoint } from './wire-endpoint.ts';
import { Hatch } from './wire-hatch.ts';
import { Outbox } from './wire-outbox.ts';

/** More than that many answers are cut at the same time only while the service is in trouble. */
const parsersKept = 64;

export type Way = { host: string; port: number; localAddress?: string };

export type WorkshopOptions = { clock: Clock; addresses: readonly string[]; localAddresses: readonly string[] };

/** The tools that all connections share: an idle connection has none of its own. */
export class Workshop {
  readonly clock: Clock;
  readonly buffer = readBuffer;
  readonly outbox: Outbox;
  readonly hatch = new Hatch();
  private readonly parsers: AnswerParser[] = [];
  private readonly addresses: readonly string[];
  private readonly localAddresses: readonly string[];
  private turn = -1;
  private localTurn = -1;

  constructor({ clock, addresses, localAddresses }: WorkshopOptions) {
    this.clock = clock;
    this.outbox = new Outbox(clock);
    this.addresses = addresses;
    this.localAddresses = localAddresses;
  }

  /** How many ways there are to try. Where our own address has no port left, the next one may have. */
  waysFor(code: string): number {
    return Math.max(this.addressCount, code === 'EADDRNOTAVAIL' ? this.localAddresses.length : 0);
  }

  /** The next of the name's addresses, from the next of ours. */
  wayTo({ host, port }: WireEndpoint): Way {
    this.turn = (this.turn + 1) % this.addressCount;
    const way = { host: this.addresses[this.turn] ?? host, port };
    if (this.localAddresses.length === 0) return way;
    this.localTurn = (this.localTurn + 1) % this.localAddresses.length;
    return { ...way, localAddress: this.localAddresses[this.localTurn] as string };
  }

  private get addressCount(): number {
    return Math.max(1, this.addresses.length);
  }

  /** For an answer of that endpoint. */
  takeParser({ knownHead }: WireEndpoint): AnswerParser {
    const parser = this.parsers.pop();
    if (parser === undefined) return new AnswerParser(knownHead);
    parser.known = knownHead;
    return parser;
  }

  giveBack(parser: AnswerParser): void {
    parser.begin();
    if (this.parsers.length < parsersKept) this.parsers.push(parser);
  }
}
