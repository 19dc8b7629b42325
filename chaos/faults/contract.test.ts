import { describe, expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import {
  cacheLogin,
  type Fault,
  type FaultRequest,
  type FaultTarget,
  isCheck,
  type Read,
  type Readings,
  readKey,
  type Step,
} from '../fault.ts';
import { faults } from './table.ts';

/** What every fault in the table must keep, whatever it breaks. */
const target: FaultTarget = {
  runId: 'run-1',
  pods: ['pod-1', 'pod-2', 'pod-3'],
  podsOwned: true,
  cache: {
    address: '127.0.0.1:6379',
    owned: false,
    username: 'default',
    engine: 'redis-server 7.0.15',
    facts: { serverId: 'abc', replicasAsUser: 0, masterUser: null, aclFile: false, denied: [] },
  },
};
const secretHash = 'd34db33f'.repeat(8);
const secretPassword = 'correct-horse-battery-staple';

describe.each(Object.values(faults).map((fault) => [fault.kind, fault] as const))('fault %s', (_kind, fault) => {
  describe.each(fault.variants)('variant %s', (variant) => {
    const request: FaultRequest = { id: 'f1', kind: fault.kind, variant, atMs: 0, forMs: 10_000, pods: 1, everyMs: null };
    const aim = () => fault.aim(request, target, random(7));

    test('has no problem with a target that has all it needs', () => {
      expect(fault.check(request, target)).toEqual([]);
    });

    test('tells all problems at once, each with a remedy', () => {
      const problems = fault.check({ ...request, variant: 'no-such', forMs: 0 }, { ...target, pods: [], cache: null });
      expect(problems.length).toBeGreaterThanOrEqual(3);
      for (const problem of problems) expect(problem.remedy).not.toBe('');
    });

    test('aims the same way for the same seed', () => {
      expect(aim()).toEqual(aim());
    });

    test('names what it breaks, for people and for the registry', () => {
      expect(aim().target).not.toBe('');
      expect(aim().targetKeys.length).toBeGreaterThan(0);
    });

    test('knows its whole undo before the first step is applied, from disk alone', () => {
      const { apply, undo, secrets } = fault.steps(aim(), readings(fault));
      expect(apply.length).toBe(aim().strikes.length);
      expect(undo.length).toBeGreaterThan(0);
      const known = { values: Object.keys(secrets.values), logins: [cacheLogin, ...Object.keys(secrets.logins)] };
      for (const step of [...apply.flat(), ...undo])
        expect(namesIn(step).every((name) => [...known.values, ...known.logins].includes(name))).toBe(true);
    });

    test('its undo puts back first and looks afterwards', () => {
      const checks = fault.steps(aim(), readings(fault)).undo.map(isCheck);
      expect(checks[0]).toBe(false);
      expect(checks).toEqual([...checks].sort());
    });

    test('its steps survive the way through the journal', () => {
      const { apply, undo } = fault.steps(aim(), readings(fault));
      expect(JSON.parse(JSON.stringify({ apply, undo }))).toEqual({ apply, undo });
    });

    test('a plan without readings has the same steps and no secrets', () => {
      const planned = fault.steps(aim(), {});
      const real = fault.steps(aim(), readings(fault));
      expect(planned.apply).toEqual(real.apply);
      expect(planned.undo).toEqual(real.undo);
      expect(planned.secrets).toEqual({ values: {}, logins: {} });
    });

    test('no secret stands in aim or steps', () => {
      const { apply, undo } = fault.steps(aim(), readings(fault));
      const text = JSON.stringify({ aim: aim(), apply, undo });
      expect(text).not.toContain(secretHash);
      expect(text).not.toContain(secretPassword);
    });

    test('what was not observed is no proof', () => {
      const empty: Readings = Object.fromEntries(aim().probes.map((probe) => [readKey(probe), null]));
      expect(fault.judgeBite(aim(), empty, empty).proven).toBe(false);
      expect(fault.judgeBite(aim(), readings(fault), readings(fault)).proven).toBe(false);
    });
  });
});

/** Plausible readings of a target that is well. */
function readings(fault: Fault): Readings {
  const request: FaultRequest = {
    id: 'f1',
    kind: fault.kind,
    variant: fault.variants[0] as string,
    atMs: 0,
    forMs: 10_000,
    pods: 1,
    everyMs: null,
  };
  const { readBefore, probes } = fault.aim(request, target, random(7));
  return Object.fromEntries([...readBefore, ...probes].map((read) => [readKey(read), plausible(read)]));
}

function plausible(read: Read): string {
  switch (read.read) {
    case 'acl-list':
      return `user default on #${secretHash} ~* &* +@all`;
    case 'fresh-login':
      return 'OK';
    case 'new-password':
      return JSON.stringify({ password: secretPassword, sha256: secretHash });
    case 'metric':
      return '3';
    case 'pod-processes':
      return JSON.stringify(Object.fromEntries(read.pods.map((pod, index) => [pod, [{ pid: 100 + index, startTicks: 5, alive: true }]])));
  }
}

/** Every name of a secret or login that a step refers to. */
function namesIn(step: Step): readonly string[] {
  const as = 'as' in step ? step.as : [];
  const refs = [...JSON.stringify(step).matchAll(/\{"secret":"([^"]+)"\}/g)].map((match) => match[1] as string);
  return [...as, ...refs];
}
