import type { StretchFigures } from '../measure/figures.ts';
import { type Hand, HandLost } from './hand.ts';
import type { OrderName, Orders, Part } from './orders.ts';
import { Sheaf } from './sheaf.ts';

/** Who is still there, and what they say when all are asked. Whoever is lost is named, and play goes on without its part. */
export class Roll {
  readonly lost: string[] = [];
  private readonly live: Map<Hand, Sheaf>;

  constructor(hands: readonly Hand[]) {
    this.live = new Map(hands.map((hand) => [hand, new Sheaf()]));
  }

  async prepare(parts: readonly Part[]): Promise<void> {
    await Promise.all([...this.live.keys()].map((hand, index) => this.askOne(hand, 'prepare', parts[index] as Part)));
  }

  /** Of those that are still there; rejects with what went wrong in one of them. */
  async askAll<Name extends OrderName>(name: Name, asked: Orders[Name]['asked']): Promise<readonly Orders[Name]['answer'][]> {
    return (await this.askEach(name, asked)).map(({ answer }) => answer);
  }

  /** What is settled in all of them. */
  async settled(): Promise<readonly StretchFigures[]> {
    for (const { hand, answer } of await this.askEach('settled', null)) this.live.get(hand)?.add(answer);
    return Sheaf.together([...this.live.values()]);
  }

  private async askEach<Name extends OrderName>(name: Name, asked: Orders[Name]['asked']) {
    const answers = await Promise.all([...this.live.keys()].map((hand) => this.askOne(hand, name, asked)));
    return answers.filter((answer) => answer !== null);
  }

  /** Null where it has been lost. */
  private async askOne<Name extends OrderName>(
    hand: Hand,
    name: Name,
    asked: Orders[Name]['asked'],
  ): Promise<{ hand: Hand; answer: Orders[Name]['answer'] } | null> {
    try {
      return { hand, answer: await hand.ask(name, asked) };
    } catch (error) {
      if (!(error instanceof HandLost)) throw error;
      if (this.live.delete(hand)) this.lost.push(error.message);
      return null;
    }
  }
}
