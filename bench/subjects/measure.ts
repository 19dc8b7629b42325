import { below, random } from '../../core/random.ts';
import { TimingWheel } from '../../core/timing-wheel.ts';
import { emptyHistogram, record } from '../../simulator/measure/histogram.ts';
import type { Subject } from './subject.ts';

export const histogram: Subject = {
  name: 'histogram: values recorded',
  unit: 'a value',
  prepare() {
    const values = drawn(4096, 2_000_000);
    const into = emptyHistogram();
    return (times) => {
      for (let n = 0; n < times; n++) record(into, values[n & 4095] as number);
    };
  },
};

/** Fifteen thousand players who are due within fifteen seconds: the first one is taken and put down again. */
export const timingWheel: Subject = {
  name: 'timing wheel: put down and taken, 15,000 waiting',
  unit: 'a player',
  prepare() {
    const waitsMs = drawn(4096, 15_000);
    const due = new TimingWheel();
    for (let slot = 0; slot < 15_000; slot++) due.add(slot, waitsMs[slot & 4095] as number);
    return (times) => {
      for (let n = 0; n < times; n++) {
        const nowMs = due.nextDueMs;
        due.add(due.take(nowMs), nowMs + (waitsMs[n & 4095] as number));
      }
    };
  },
};

function drawn(count: number, bound: number): readonly number[] {
  const stream = random(17, 1);
  return Array.from({ length: count }, () => below(stream, bound));
}
