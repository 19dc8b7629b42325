import { expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { type CacheFacts, type FaultRequest, type FaultTarget, readKey } from '../fault.ts';
import { redisAuth } from './redis-auth.ts';

const wellFacts: CacheFacts = { serverId: 'abc', replicasAsUser: 0, masterUser: null, aclFile: false, denied: [] };
const request: FaultRequest = { id: 'auth', kind: 'redis-auth', variant: 'rotate', atMs: 0, forMs: 1000, pods: 0, everyMs: null };
const target = (facts: CacheFacts | null): FaultTarget => ({
  runId: 'r',
  pods: [],
  podsOwned: true,
  cache: { address: '127.0.0.1:1', owned: false, username: 'app', engine: 'yours', facts },
});

test('leaves a server alone whose replicas, master or aclfile would not survive it, or that forbids what is needed', () => {
  const problems = redisAuth.check(
    request,
    target({ serverId: null, replicasAsUser: 2, masterUser: 'app', aclFile: true, denied: ['ACL LIST'] }),
  );
  expect(problems.map((problem) => problem.problem)).toEqual([
    'user app is not allowed: ACL LIST',
    '2 replicas log in as app: they would lose their master',
    'this server follows its master as app',
    'an aclfile is configured: an ACL SAVE in between would keep the broken password',
  ]);
});

test('replication with a user of its own is no problem', () => {
  expect(redisAuth.check(request, target({ ...wellFacts, masterUser: 'replication' }))).toEqual([]);
});

test('needs a cache', () => {
  expect(redisAuth.check(request, { ...target(null), cache: null }).map((problem) => problem.place)).toEqual(['cache']);
});

test('the same server under two addresses is one target', () => {
  const keys = redisAuth.aim(request, target(wellFacts), random(1)).targetKeys;
  const cache = { ...target(wellFacts).cache, address: 'localhost:1' } as FaultTarget['cache'];
  expect(redisAuth.aim(request, { ...target(wellFacts), cache }, random(1)).targetKeys).toEqual(keys);
});

test("never touches requirepass, and closes that one user's connections only", () => {
  const { apply, undo } = redisAuth.steps(redisAuth.aim(request, target(wellFacts), random(1)), {});
  expect(JSON.stringify({ apply, undo })).not.toMatch(/requirepass|CONFIG/);
  expect(apply[0]?.at(-1)).toMatchObject({ command: ['CLIENT', 'KILL', 'USER', 'app'] });
});

test('is proven only by a refused login and a growing count of the service together', () => {
  const aim = redisAuth.aim(request, target(wellFacts), random(1));
  const [login, metric] = aim.probes.map(readKey) as [string, string];
  const judge = (answer: string | null, count: string | null) =>
    redisAuth.judgeBite(aim, { [login]: 'OK', [metric]: '2' }, { [login]: answer, [metric]: count }).proven;
  expect(judge('WRONGPASS', '3')).toBe(true);
  expect(judge('NOAUTH', '3')).toBe(true);
  expect(judge('WRONGPASS', '2')).toBe(false);
  expect(judge('OK', '3')).toBe(false);
  expect(judge(null, '3')).toBe(false);
  expect(judge('WRONGPASS', null)).toBe(false);
});

test('a login that was refused before proves nothing', () => {
  const aim = redisAuth.aim(request, target(wellFacts), random(1));
  const [login, metric] = aim.probes.map(readKey) as [string, string];
  expect(redisAuth.judgeBite(aim, { [login]: 'WRONGPASS', [metric]: '0' }, { [login]: 'WRONGPASS', [metric]: '5' }).proven).toBe(false);
});
