import { afterEach, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import { systemClock } from '../machine/system-clock.ts';
import { createInterrupts, type Interrupts } from './interrupts.ts';
import { listenForSignals } from './signals.ts';

const others = process.listeners('SIGINT');
let exit: MockInstance<typeof process.exit>;
let nowMs = 0;
let interrupts: Interrupts;
let stopListening: () => void;

beforeEach(() => {
  exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as typeof process.exit);
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  interrupts = createInterrupts(systemClock);
  stopListening = listenForSignals(interrupts, () => {});
});

afterEach(() => {
  stopListening();
  vi.restoreAllMocks();
});

/** To the listener under test alone: this process has others, who would take it as meant for them. */
function receive(atMs: number): void {
  nowMs = atMs;
  for (const listener of process.listeners('SIGINT')) if (!others.includes(listener)) listener('SIGINT');
}

test('what the terminal and npx both pass on is one request to put everything back', () => {
  receive(5000);
  receive(5004);
  receive(5900);
  expect(interrupts.reason()).toEqual({ kind: 'signal', signal: 'SIGINT' });
  expect(exit).not.toHaveBeenCalled();
});

test('a second request leaves at once', () => {
  receive(5000);
  expect(exit).not.toHaveBeenCalled();
  receive(6200);
  expect(exit).toHaveBeenCalledWith(130);
});
