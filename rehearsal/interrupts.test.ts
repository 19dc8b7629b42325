import { expect, test } from 'vitest';
import { systemClock } from '../machine/system-clock.ts';
import { createInterrupts, Interrupted } from './interrupts.ts';

test('a wait ends at once when the run is interrupted, and the first reason stays', async () => {
  const interrupts = createInterrupts(systemClock);
  const waiting = interrupts.pause(60_000);
  interrupts.raise({ kind: 'signal', signal: 'SIGINT' });
  interrupts.raise({ kind: 'watchdog-lost' });
  await expect(waiting).rejects.toThrow(Interrupted);
  await expect(interrupts.pause(0)).rejects.toThrow(Interrupted);
  expect(interrupts.reason()).toEqual({ kind: 'signal', signal: 'SIGINT' });
});

test('without an interruption work keeps its own result', async () => {
  const interrupts = createInterrupts(systemClock);
  await expect(interrupts.race(Promise.resolve(7))).resolves.toBe(7);
  await expect(interrupts.race(Promise.reject(new Error('own')))).rejects.toThrow('own');
  await expect(interrupts.pause(1)).resolves.toBeUndefined();
});
