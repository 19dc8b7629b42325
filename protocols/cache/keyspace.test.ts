import { expect, test } from 'vitest';
import { Keyspace, never } from './keyspace.ts';

const value = 'v'.repeat(800);

function filled(entries: number, maxBytes: number): Keyspace {
  const keyspace = new Keyspace(maxBytes);
  for (let n = 0; n < entries; n++) keyspace.write(`k${n}`, value, never);
  return keyspace;
}

test('memory stays within the limit, and the least recently read goes first', () => {
  const keyspace = filled(9, 10_000);
  expect(keyspace.evicted).toBe(0);
  keyspace.read('k0', 0);
  keyspace.write('new', value, never);
  expect([keyspace.has('k0', 0), keyspace.has('k1', 0), keyspace.has('new', 0)]).toEqual([true, false, true]);
  expect(keyspace.usedBytes).toBeLessThanOrEqual(10_000);
  expect(keyspace.evicted).toBe(1);
});

test('bytes are counted back when keys are overwritten, deleted, expired and flushed', () => {
  const keyspace = filled(5, 100_000);
  for (let n = 0; n < 5; n++) keyspace.write('k0', value, never);
  keyspace.delete('k1');
  keyspace.write('k2', value, 10);
  keyspace.sweepExpired(11);
  expect([keyspace.size, keyspace.expired]).toEqual([3, 1]);
  expect(keyspace.usedBytes).toBe(filled(3, 100_000).usedBytes);
  keyspace.clear();
  expect([keyspace.size, keyspace.usedBytes]).toEqual([0, 0]);
});

test('the sweep finds expired keys behind many that live, a bounded number per call', () => {
  const keyspace = filled(1200, 10_000_000);
  keyspace.write('late', value, 10);
  keyspace.sweepExpired(20);
  expect(keyspace.size).toBe(1201);
  for (let call = 0; call < 3; call++) keyspace.sweepExpired(20);
  expect(keyspace.size).toBe(1200);
});

test('a value that would not fit an empty cache is refused and evicts nothing', () => {
  const keyspace = filled(5, 10_000);
  expect(keyspace.fits('huge', 'x'.repeat(10_000))).toBe(false);
  expect(keyspace.size).toBe(5);
});

test('lowering the limit evicts down to it', () => {
  const keyspace = filled(9, 10_000);
  keyspace.limit(3_000);
  expect(keyspace.usedBytes).toBeLessThanOrEqual(3_000);
  expect(keyspace.has('k8', 0)).toBe(true);
});

test('a scan in many steps meets every key that stays, although others come, go and are read between the steps', () => {
  const keyspace = filled(2000, 10_000_000);
  const met = new Set<string>();
  let steps = 0;
  for (let place = 0; steps === 0 || place !== 0; steps++) {
    const { keys, next } = keyspace.scan(place, 100, 0);
    for (const key of keys) met.add(key);
    for (let n = 0; n < 50; n++) keyspace.read(`k${(steps * 50 + n) % 1000}`, 0);
    keyspace.delete(`k${1999 - steps}`);
    keyspace.write(`late${steps}`, value, never);
    place = next;
  }
  expect(steps).toBeGreaterThan(10);
  expect(Array.from({ length: 1900 }, (_, n) => `k${n}`).filter((key) => !met.has(key))).toEqual([]);
});
