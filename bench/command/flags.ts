import { parseArgs } from 'node:util';
import { type Part, parts } from '../page/results.ts';
import type { Peer } from '../peers/peer.ts';
import { peersNamed } from '../peers/table.ts';

export type Flags = {
  parts: readonly Part[];
  /** Who plays the same work for everybody. */
  playing: readonly Peer[];
  /** Who besides this project plays at a pace, with a connection for each player. */
  alsoConnected: readonly Peer[];
  rounds: number;
  measuredSeconds: number;
  warmupSeconds: number;
  /** How long each measurement waits for a machine that nobody else uses. */
  quietWaitSeconds: number;
  /** Adds to what is kept instead of replacing it. */
  add: boolean;
  /** Measures and tells, keeps nothing. */
  trial: boolean;
  /** Only writes the page, from what is kept. */
  pageOnly: boolean;
  /** Only says how it is used. */
  help: boolean;
};

export const usage = `npm run bench:peers -- [options]
  --parts A,B    of ${parts.join(', ')} (default: all)
  --only A,B     who plays part throughput (default: everybody)
  --with A,B     who also plays part connected: k6, Goose, Locust, undici (default: nobody)
  --rounds N     rounds of throughput, runs of the other parts (default 2)
  --seconds N    measured seconds (default 15)
  --warm-up N    seconds before that (default 5)
  --quiet-wait N seconds that a measurement waits for a machine that nobody else uses (default 30)
  --add          add to what is kept, instead of replacing it
  --try          measure and tell, keep nothing
  --page         write docs/benchmarks.md from what is kept, measure nothing
  --help         say this, measure nothing
`;

const knowPauses = ['k6', 'Goose', 'Locust', 'undici'];

/** The flags, or every problem with them. */
export function readFlags(args: readonly string[]): { flags: Flags; problems: readonly string[] } {
  const problems: string[] = [];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      problems.push((error as Error).message);
      return otherwise;
    }
  };
  const { values } = attempt(() => parseArgs({ args: [...args], options, strict: true }), parseArgs({ args: [], options, strict: true }));
  const flags: Flags = {
    parts: attempt(() => partsNamed(listOf(values.parts)), []),
    playing: attempt(() => peersNamed(listOf(values.only)), []),
    alsoConnected: attempt(() => peersWithPauses(listOf(values.with)), []),
    rounds: attempt(() => countOf('rounds', values.rounds, 20), 1),
    measuredSeconds: attempt(() => countOf('seconds', values.seconds, 600), 1),
    warmupSeconds: attempt(() => countOf('warm-up', values['warm-up'], 600), 1),
    quietWaitSeconds: attempt(() => countOf('quiet-wait', values['quiet-wait'], 3600), 1),
    add: values.add,
    trial: values.try,
    pageOnly: values.page,
    help: values.help,
  };
  return { flags, problems };
}

const options = {
  parts: { type: 'string', default: '' },
  only: { type: 'string', default: '' },
  with: { type: 'string', default: '' },
  rounds: { type: 'string', default: '2' },
  seconds: { type: 'string', default: '15' },
  'warm-up': { type: 'string', default: '5' },
  'quiet-wait': { type: 'string', default: '30' },
  add: { type: 'boolean', default: false },
  try: { type: 'boolean', default: false },
  page: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function partsNamed(names: readonly string[]): readonly Part[] {
  for (const name of names)
    if (!parts.some((part) => part === name)) throw new RangeError(`--parts: no part ${name}; there are ${parts.join(', ')}`);
  return names.length === 0 ? parts : parts.filter((part) => names.includes(part));
}

function peersWithPauses(names: readonly string[]): readonly Peer[] {
  const asked = names.length === 0 ? [] : peersNamed(names);
  const without = asked.filter(({ name }) => !knowPauses.includes(name)).map(({ name }) => name);
  if (without.length > 0) throw new RangeError(`--with: ${without.join(', ')} cannot play at a pace here; ${knowPauses.join(', ')} can`);
  return asked;
}

function countOf(flag: string, text: string, max: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > max) throw new RangeError(`--${flag}: ${text} is no whole number from 1 to ${max}`);
  return count;
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
