import { expect, test } from 'vitest';
import type { Identity } from '../platforms/telemetry.ts';
import { cacheBetween, strangersIn } from './whose-telemetry.ts';

const pod = (environment: string, configHash: string): Identity => ({
  pod: 'pod-1',
  environment,
  configHash,
  redisUp: true,
  redisAuthRefused: 0,
  cacheLookups: 0,
  cacheHits: 0,
});

test('metrics of the pods that players play on are no strangers', () => {
  const played = [pod('sidecar', 'a1'), pod('sidecar', 'a1')];
  expect(strangersIn({ shown: played, played }, 'sidecar')).toEqual([]);
});

test('metrics of another environment are named, once, with both configurations', () => {
  const shown = [pod('staging', 'b2'), pod('staging', 'b2')];
  expect(strangersIn({ shown, played: [pod('redis-careless', 'a1')] }, 'redis-careless')).toEqual([
    'you are looking at staging: the metrics that people look at carry environment staging, configuration b2; players play on ' +
      'redis-careless, configuration a1',
  ]);
});

test('the right name over another configuration is a stranger too', () => {
  const [line] = strangersIn({ shown: [pod('plain', 'b2')], played: [pod('plain', 'a1')] }, 'plain');
  expect(line).toContain('you are looking at another configuration of plain');
});

test('a whole environment that is not the one asked for is a stranger even to itself', () => {
  const pods = [pod('staging', 'b2')];
  expect(strangersIn({ shown: pods, played: pods }, 'inherited')).toHaveLength(1);
});

test('a service that was there already is asked for no environment, but for one and the same', () => {
  const pods = [pod('sidecar', 'a1')];
  expect(strangersIn({ shown: pods, played: pods }, 'unknown')).toEqual([]);
  expect(strangersIn({ shown: [pod('staging', 'b2')], played: pods }, 'unknown')).toHaveLength(1);
});

test('where nobody answers nobody is accused', () => {
  expect(strangersIn({ shown: [], played: [] }, 'plain')).toEqual([]);
});

test('the cache is counted from the joining on, over all pods, unless one of them has lost its count', () => {
  const counting = (cacheLookups: number, cacheHits: number) => [{ ...pod('sidecar', 'a1'), cacheLookups, cacheHits }];
  const record = (played: readonly Identity[]) => ({ shown: played, played });
  expect(cacheBetween(record(counting(100, 10)), record(counting(600, 410)))).toEqual({ lookups: 500, hits: 400 });
  expect(cacheBetween(record(counting(100, 10)), record(counting(50, 5)))).toBeNull();
  expect(cacheBetween(null, record(counting(50, 5)))).toBeNull();
  expect(cacheBetween(record([]), record(counting(50, 5)))).toBeNull();
});
