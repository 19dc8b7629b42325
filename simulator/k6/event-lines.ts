import { type Operation, type Outcome, operations, outcomes } from '../../core/outcome.ts';

/** What the output of k6 tells while play goes on (simulator/k6/extension/book.go), a line each. Times in ms since play began. */
export type K6Event =
  /** Everything before has been told. */
  | { event: 'now'; atMs: number }
  | { event: 'joined' | 'left'; atMs: number }
  | { event: 'lag'; lagUs: number }
  | ({ event: 'action'; atMs: number; operation: Operation; outcome: Outcome } & ActionTimes)
  | { event: 'chain'; atMs: number; result: 'useful' | 'completed' | 'lost'; latencyUs: number }
  | { event: 'end'; atMs: number };

export type ActionTimes = { latencyUs: number; serviceUs: number; requestId: string; status: number };

/** Throws a RangeError for a line that nobody should have written. */
export function readEvent(line: string): K6Event {
  const [event = '', first = '', ...rest] = line.split(' ');
  const atMs = Number(first);
  if (first === '' || !Number.isFinite(atMs)) throw unreadable(line);
  switch (event) {
    case 'now':
    case 'end':
    case 'joined':
    case 'left':
      return { event, atMs };
    case 'lag':
      return { event, lagUs: atMs };
    case 'action':
      return readAction(line, atMs, rest);
    case 'chain':
      return readChain(line, atMs, rest);
    default:
      throw unreadable(line);
  }
}

function readAction(line: string, atMs: number, words: readonly string[]): K6Event {
  const operation = operations.find((each) => each === words[0]);
  const outcome = outcomes.find((each) => each === words[1]);
  const [latencyUs, serviceUs, status] = [Number(words[2]), Number(words[3]), Number(words[5])];
  if (operation === undefined || outcome === undefined || !Number.isFinite(latencyUs + serviceUs + status)) throw unreadable(line);
  return { event: 'action', atMs, operation, outcome, latencyUs, serviceUs, requestId: words[4] ?? '-', status };
}

function readChain(line: string, atMs: number, [result, latency]: readonly string[]): K6Event {
  const latencyUs = Number(latency);
  const known = (['useful', 'completed', 'lost'] as const).find((each) => each === result);
  if (known === undefined || !Number.isFinite(latencyUs)) throw unreadable(line);
  return { event: 'chain', atMs, result: known, latencyUs };
}

function unreadable(line: string): RangeError {
  return new RangeError(`k6 told something that nobody understands: ${line.slice(0, 120)}`);
}
