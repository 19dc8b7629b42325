import { expect, test } from 'vitest';
import { blankAnswer, blankAsk } from '../../simulator/players/blank.ts';
import { judge } from '../../simulator/players/judge.ts';
import { biomeAnswer, chest, emptyChest, fullChest, mapSize, paths, searchAnswer, spawnsAnswer, world } from './answers.ts';
import { nginxConfig, readStatus } from './nginx-config.ts';

const settings = { folder: '/tmp/bench', host: '127.0.0.3', port: 8081, statusPort: 8082, connectionsMax: 100, log: 'empties' } as const;

test('the counters are read from the status page', () => {
  const page = 'Active connections: 65 \nserver accepts handled requests\n 70 70 118586 \nReading: 0 Writing: 65 Waiting: 0 \n';
  expect(readStatus(page)).toEqual({ active: 65, accepted: 70, requests: 118586 });
  expect(() => readStatus('502 Bad Gateway')).toThrow('No status');
});

test('one search in a hundred gets the empty chest, on the address that was asked for', () => {
  const config = nginxConfig(settings);
  expect(config).toContain(`1% '${searchAnswer(emptyChest)}'`);
  expect(config).toContain(`* '${searchAnswer(fullChest)}'`);
  expect(config).toContain('listen 127.0.0.3:8081 backlog');
});

test('a log of every request only where requests are counted by it, and then without a buffer', () => {
  expect(nginxConfig(settings)).not.toContain('access.log');
  expect(nginxConfig({ ...settings, log: 'all' })).toContain('access_log /tmp/bench/access.log line;');
});

test('players who take the chest from the search ask for what the server has, and every answer is of use to them', () => {
  const answer = blankAnswer();
  const ask = { ...blankAsk(), kind: 'search' as const };
  expect(judge(ask, 200, searchAnswer(fullChest), answer)).toBe('');
  const { treasureId, x, z } = answer;
  expect({ treasureId, x, z }).toEqual({ treasureId: chest.id, x: chest.x, z: chest.z });
  expect(judge({ ...ask, kind: 'spawns', treasureId }, 200, spawnsAnswer(), answer)).toBe('');
  expect(paths.biome).toBe(`/v1/biomes/${world}/${x}/${z}/map`);
  expect(judge({ ...ask, kind: 'biome', world, x, z, size: mapSize }, 200, biomeAnswer(), answer)).toBe('');
});

test('the empty chest is one to a player', () => {
  const answer = blankAnswer();
  judge({ ...blankAsk(), kind: 'search' }, 200, searchAnswer(emptyChest), answer);
  expect(answer.outcome).toBe('empty');
});
