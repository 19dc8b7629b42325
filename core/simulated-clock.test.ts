import { expect, test } from 'vitest';
import { sleep } from './clock.ts';
import { createSimulatedClock } from './simulated-clock.ts';

test('timers fire in the order of their time, ties in the order in which they were set, each at its own time', async () => {
  const clock = createSimulatedClock();
  const fired: string[] = [];
  for (const [name, ms] of [
    ['b', 20],
    ['a', 10],
    ['c', 20],
    ['never', 31],
  ] as const)
    clock.after(ms, () => fired.push(`${name}@${clock.nowMs()}`));
  await clock.runFor(30);
  expect(fired).toEqual(['a@10', 'b@20', 'c@20']);
  expect(clock.nowMs()).toBe(30);
});

test('a timer that a timer sets fires in the same run, and a cancelled one never', async () => {
  const clock = createSimulatedClock();
  const fired: number[] = [];
  const cancel = clock.after(15, () => fired.push(-1));
  clock.after(10, () => {
    cancel();
    clock.after(5, () => fired.push(clock.nowMs()));
  });
  await clock.runFor(100);
  expect(fired).toEqual([15]);
});

test('a promise that waits for time goes on before the next timer fires', async () => {
  const clock = createSimulatedClock();
  const seen: string[] = [];
  const walk = async () => {
    await sleep(clock, 10);
    seen.push(`walked@${clock.nowMs()}`);
    await sleep(clock, 10);
    seen.push(`walked@${clock.nowMs()}`);
  };
  clock.after(11, () => seen.push('timer@11'));
  const done = walk();
  await clock.runFor(20);
  await done;
  expect(seen).toEqual(['walked@10', 'timer@11', 'walked@20']);
});

test('wall time moves along', async () => {
  const clock = createSimulatedClock();
  const before = clock.wallMs();
  await clock.runFor(1500);
  expect(clock.wallMs() - before).toBe(1500);
});
