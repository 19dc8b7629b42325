import { expect, test } from 'vitest';
import type { Clock } from '../../core/clock.ts';
import { K6Engine } from './k6-engine.ts';
import type { K6Listener, K6Process } from './k6-process.ts';

const clock = { nowMs: () => 5000 } as Clock;

/** A k6 that says and does what the test wants. */
function scripted(): { k6: K6Process; listener(): K6Listener } {
  const heard: K6Listener[] = [];
  const k6: K6Process = { start: (listener) => void heard.push(listener), stop: async () => {}, gone: async () => 0 };
  return { k6, listener: () => heard[0] as K6Listener };
}

test('play begins when k6 tells of it for the first time', async () => {
  const { k6, listener } = scripted();
  const engine = new K6Engine(clock, k6);
  const started = engine.start();
  listener().told({ event: 'now', atMs: 200 });
  await started;
  expect(engine.nowMs()).toBe(200);
});

test('a k6 that ends before it has told of anything has played for nobody: that is known at once', async () => {
  const { k6, listener } = scripted();
  const engine = new K6Engine(clock, k6);
  const started = engine.start();
  listener().ended(null);
  await started;
  expect(await engine.stop()).toBe(0);
  expect(await engine.crowd()).toMatchObject({ players: 0, sessions: 0 });
});

test('a k6 that ends badly is a fault, unless it was asked to end', async () => {
  const bad = new Error('k6 ended (exit code 105)');
  const { k6, listener } = scripted();
  const engine = new K6Engine(clock, k6);
  const started = engine.start();
  listener().ended(bad);
  await expect(started).rejects.toBe(bad);
  await expect(engine.figures(0, 0)).rejects.toBe(bad);
  const asked = scripted();
  const other = new K6Engine(clock, asked.k6);
  const playing = other.start();
  asked.listener().told({ event: 'now', atMs: 0 });
  await playing;
  await other.stop();
  asked.listener().ended(bad);
  await expect(other.settled()).resolves.toBeDefined();
});
