import { expect, test } from 'vitest';
import { type MusterNeeds, muster, musterText } from './muster.ts';

const machine: MusterNeeds = { players: 400, filesMax: 20_000, portsMax: 28_232, endpoints: 1, onLoopback: true };

test('a crowd that fits into one process gets one, and the system chooses where a few thousand connections begin', () => {
  expect(muster(machine)).toMatchObject({ ok: true, value: { processes: 1, localAddresses: [[]] } });
  expect(muster({ ...machine, players: 15_000, endpoints: 4 })).toMatchObject({ ok: true, value: { processes: 1, localAddresses: [[]] } });
});

test('more connections to one address begin at several: free ports of one are found ever more slowly', () => {
  const found = muster({ ...machine, players: 15_000 });
  expect(found).toMatchObject({
    ok: true,
    value: { processes: 1, localAddresses: [['127.0.1.1', '127.0.1.2', '127.0.1.3', '127.0.1.4']] },
  });
  expect(found.ok && musterText(found.value)).toBe('one process of players, connecting from 127.0.1.1 to 127.0.1.4');
});

test('as many processes as the open files ask for', () => {
  const found = muster({ ...machine, players: 100_000, endpoints: 8 });
  expect(found).toMatchObject({ ok: true, value: { processes: 6 } });
  expect(muster({ ...machine, filesMax: 1124, players: 4000 })).toMatchObject({ ok: true, value: { processes: 5 } });
});

test('no address is used by two processes, and none ever needs more ports than it has', () => {
  const found = muster({ ...machine, players: 100_000, filesMax: 1_000_000 });
  expect(found).toMatchObject({ ok: true, value: { processes: 5 } });
  if (!found.ok) return;
  const addresses = found.value.localAddresses.flat();
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(105_000 / addresses.length).toBeLessThan(4001);
});

test('to another machine the system chooses', () => {
  expect(muster({ ...machine, players: 15_000, onLoopback: false })).toMatchObject({ ok: true, value: { localAddresses: [[]] } });
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
