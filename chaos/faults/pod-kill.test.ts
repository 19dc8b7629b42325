import { describe, expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { type FaultRequest, type FaultTarget, readKey } from '../fault.ts';
import { podKill } from './pod-kill.ts';

const target: FaultTarget = { runId: 'r', pods: ['pod-1', 'pod-2', 'pod-3'], podsOwned: true, cache: null };
const request: FaultRequest = { id: 'kill', kind: 'pod-kill', variant: 'crash', atMs: 0, forMs: 10_000, pods: 1, everyMs: 4000 };

describe('pod-kill', () => {
  test('strikes once without a rhythm, and at 0, 4 and 8 s when asked for every 4 s of 10 s', () => {
    expect(podKill.aim({ ...request, everyMs: null }, target, random(1)).strikes.map((strike) => strike.afterMs)).toEqual([0]);
    expect(podKill.aim(request, target, random(1)).strikes.map((strike) => strike.afterMs)).toEqual([0, 4000, 8000]);
  });

  test('never strikes the same pod twice in a row while others exist, for any seed', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { strikes } = podKill.aim({ ...request, forMs: 40_000 }, target, random(seed));
      for (const [index, strike] of strikes.entries()) expect(strike.pods[0]).not.toBe(strikes[index - 1]?.pods[0]);
    }
  });

  test('strikes every pod over the seeds', () => {
    const firsts = new Set(Array.from({ length: 50 }, (_, seed) => podKill.aim(request, target, random(seed)).strikes[0]?.pods[0]));
    expect([...firsts].sort()).toEqual(['pod-1', 'pod-2', 'pod-3']);
  });

  test('takes whom it struck before only when there are too few others', () => {
    const { strikes } = podKill.aim({ ...request, pods: 2, forMs: 40_000 }, target, random(3));
    for (const [index, strike] of strikes.entries()) {
      expect(new Set(strike.pods).size).toBe(2);
      const spared = target.pods.filter((pod) => !(strikes[index - 1]?.pods ?? []).includes(pod));
      if (index > 0) expect(strike.pods).toContain(spared[0]);
    }
  });

  test('strikes the only pod again and again', () => {
    expect(podKill.aim(request, { ...target, pods: ['pod-1'] }, random(1)).strikes.map((strike) => strike.pods)).toEqual([
      ['pod-1'],
      ['pod-1'],
      ['pod-1'],
    ]);
  });

  test('wants no more pods than there are, and no hail of strikes', () => {
    const problems = podKill.check({ ...request, pods: 4, everyMs: 100 }, target);
    expect(problems.map((problem) => problem.place)).toEqual(['pods', 'every']);
  });

  test('starts the containers that it struck, and no others, before it waits for them; whoever owns them', () => {
    const ids = { 'pod-1': 'aaaaaaaaaaaaaaaa', 'pod-2': 'bbbbbbbbbbbbbbbb', 'pod-3': 'cccccccccccccccc' };
    const containers = { engine: 'unix:///x.sock', port: 8080, ids };
    const aim = podKill.aim({ ...request, everyMs: null }, { ...target, podsOwned: false, containers }, random(1));
    const [struck = ''] = aim.strikes[0]?.pods ?? [];
    const { apply, undo } = podKill.steps(aim, {});
    expect(apply).toEqual([[{ do: 'crash-pods', pods: [struck], lot: aim.strikes[0]?.lot }]]);
    expect(undo).toMatchObject([
      { do: 'start-containers', owned: false, containers: { engine: 'unix:///x.sock', ids: { [struck]: ids[struck as 'pod-1'] } } },
      { do: 'await-replacements', pods: [struck], owned: false, seenBy: 'start-containers' },
    ]);
    expect(aim.targetKeys).toEqual([`container ${ids[struck as 'pod-1'].slice(0, 12)} (${struck})`]);
  });

  test('strikes the pods that this seed has always struck, whichever variant; lots change nothing in that', () => {
    const long = { ...request, pods: 2, forMs: 20_000 };
    const struck = ['pod-3 pod-1', 'pod-2 pod-1', 'pod-3 pod-1', 'pod-2 pod-1', 'pod-3 pod-2'];
    for (const variant of podKill.variants)
      expect(podKill.aim({ ...long, variant }, target, random(7)).strikes.map(({ pods }) => pods.join(' '))).toEqual(struck);
  });

  test('a crash draws a lot for each strike, so that either of two processes is as likely; a whole pod has none', () => {
    const lots = Array.from({ length: 400 }, (_, seed) => podKill.aim(request, target, random(seed)).strikes).flatMap((strikes) =>
      strikes.map(({ lot = -1 }) => lot),
    );
    expect(lots.every((lot) => Number.isInteger(lot) && lot >= 0 && lot < 720_720)).toBe(true);
    for (const place of [0, 1]) {
      const share = lots.filter((lot) => lot % 2 === place).length / lots.length;
      expect(share).toBeGreaterThan(0.45);
    }
    expect(podKill.aim(request, target, random(1))).toEqual(podKill.aim(request, target, random(1)));
    const whole = podKill.aim({ ...request, variant: 'whole-pod' }, target, random(1));
    expect(whole.strikes.every((strike) => !('lot' in strike))).toBe(true);
    expect(podKill.steps(whole, {}).apply).toEqual(whole.strikes.map(({ pods }) => [{ do: 'crash-pods', pods }]));
  });

  test('is undone by the same step in both variants, which knows of no lot: a journal of any age can be finished', () => {
    for (const variant of podKill.variants) {
      const aim = podKill.aim({ ...request, variant, everyMs: null }, target, random(1));
      expect(podKill.steps(aim, {}).undo).toEqual([
        { do: 'await-replacements', pods: aim.strikes[0]?.pods, withinMs: 30_000, owned: true },
      ]);
    }
  });

  describe('its proof', () => {
    const aimOf = (variant: string) => podKill.aim({ ...request, variant, everyMs: null }, { ...target, pods: ['pod-1'] }, random(1));
    const aim = aimOf('crash');
    const key = readKey(aim.probes[0] as never);
    const reading = (...processes: readonly [pid: number, alive: boolean][]) => ({
      [key]: JSON.stringify({ 'pod-1': processes.map(([pid, alive]) => ({ pid, startTicks: 9, alive })) }),
    });
    const before = reading([10, true]);
    const pair = reading([10, true], [11, true]);

    test('is, where one of two was killed, that it is gone and another lives in its place; the other one may live on', () => {
      const after = reading([10, true], [11, false], [12, true]);
      expect(podKill.judgeBite(aim, pair, after)).toEqual({
        proven: true,
        evidence: ['pod-1: process 11 is gone from the process table, process 12 has taken its place, process 10 is still alive'],
      });
      expect(podKill.judgeBite(aimOf('whole-pod'), pair, after).proven).toBe(false);
    });

    test('is, where the whole pod was killed, that all are gone', () => {
      const after = reading([10, false], [11, false], [12, true], [13, true]);
      expect(podKill.judgeBite(aimOf('whole-pod'), pair, after)).toEqual({
        proven: true,
        evidence: ['pod-1: processes 10, 11 are gone from the process table, processes 12, 13 have taken their places'],
      });
      const halfBack = podKill.judgeBite(aimOf('whole-pod'), pair, reading([10, false], [11, false], [12, true]));
      expect(halfBack.evidence).toEqual(['pod-1: processes 10, 11 are gone from the process table, process 12 has taken their place']);
    });

    test('is not given while both of two live, whoever joined them, nor while nobody has taken the place of the one that died', () => {
      const joined = podKill.judgeBite(aim, pair, reading([10, true], [11, true], [12, true]));
      expect(joined).toEqual({ proven: false, evidence: ['pod-1: processes 10, 11 are still alive'] });
      expect(podKill.judgeBite(aim, pair, reading([10, true], [11, false])).proven).toBe(false);
    });

    test('is not given while one of the pods that were struck has lost nobody', () => {
      const two = podKill.aim({ ...request, pods: 2, everyMs: null }, { ...target, pods: ['pod-1', 'pod-2'] }, random(1));
      const readingOfTwo = (secondDied: boolean) => ({
        [readKey(two.probes[0] as never)]: JSON.stringify({
          'pod-1': [10, 11, 12].map((pid) => ({ pid, startTicks: 9, alive: pid !== 10 })),
          'pod-2': [20, 21, 22].map((pid) => ({ pid, startTicks: 9, alive: pid !== 20 || !secondDied })),
        }),
      });
      const there = {
        [readKey(two.probes[0] as never)]: JSON.stringify({
          'pod-1': [10, 11].map((pid) => ({ pid, startTicks: 9, alive: true })),
          'pod-2': [20, 21].map((pid) => ({ pid, startTicks: 9, alive: true })),
        }),
      };
      expect(podKill.judgeBite(two, there, readingOfTwo(true)).proven).toBe(true);
      expect(podKill.judgeBite(two, there, readingOfTwo(false)).proven).toBe(false);
    });

    test('is that the process is gone and another one lives', () => {
      const bite = podKill.judgeBite(aim, before, reading([10, false], [11, true]));
      expect(bite).toEqual({
        proven: true,
        evidence: ['pod-1: process 10 is gone from the process table, process 11 has taken its place'],
      });
    });

    test('is not given while the process lives, or while nothing has taken its place, or when nothing could be seen', () => {
      expect(podKill.judgeBite(aim, before, reading([10, true], [11, true])).proven).toBe(false);
      expect(podKill.judgeBite(aim, before, reading([10, false])).proven).toBe(false);
      expect(podKill.judgeBite(aim, before, { [key]: null }).proven).toBe(false);
    });

    test('is not given by a pod that was down before', () => {
      expect(podKill.judgeBite(aim, reading([10, false]), reading([10, false], [11, true])).proven).toBe(false);
    });
  });
});
