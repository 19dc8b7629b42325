import { expect, test } from 'vitest';
import { type MusterNeeds, muster, musterText } from './muster.ts';

const machine: MusterNeeds = { players: 400, filesMax: 20_000, portsMax: 28_232, endpoints: 1, onLoopback: true };

test('a crowd that fits into one process gets one, and the system chooses where its connections begin', () => {
  expect(muster(machine)).toMatchObject({ ok: true, value: { processes: 1, localAddresses: [[]] } });
  expect(muster({ ...machine, players: 15_000 })).toMatchObject({ ok: true, value: { processes: 1, localAddresses: [[]] } });
});

test('as many processes as the open files ask for', () => {
  const found = muster({ ...machine, players: 100_000, endpoints: 8 });
  expect(found).toMatchObject({ ok: true, value: { processes: 6, localAddresses: [[], [], [], [], [], []] } });
  expect(muster({ ...machine, filesMax: 1124, players: 4000 })).toMatchObject({ ok: true, value: { processes: 5 } });
});

test('where ports run out, each process connects from an address of its own, and never needs more ports than that has', () => {
  const found = muster({ ...machine, players: 100_000, filesMax: 1_000_000 });
  expect(found).toMatchObject({ ok: true, value: { processes: 5 } });
  if (!found.ok) return;
  expect(new Set(found.value.localAddresses.flat()).size).toBe(5);
  expect(105_000 / found.value.processes).toBeLessThan(28_232);
  expect(musterText(found.value)).toBe('5 processes of players, connecting from 127.0.1.1 to 127.0.1.5');
});

test('what is in short supply is said before anything starts, all of it, with what would help', () => {
  const found = muster({ ...machine, players: 100_000, filesMax: 256, onLoopback: false });
  expect(found.ok ? [] : found.problems.map(({ remedy }) => remedy)).toEqual([
    'ulimit -n 3382, or fewer players',
    'widen net.ipv4.ip_local_port_range, or play from several machines and merge what they found',
  ]);
  const more = muster({ ...machine, players: 100_000, filesMax: 3382 });
  expect(more.ok).toBe(true);
});
