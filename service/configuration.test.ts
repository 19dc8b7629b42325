import { expect, test } from 'vitest';
import { configurationHash, visibleConfiguration } from './configuration.ts';
import { readOptions } from './option-reading.ts';
import type { Options } from './options.ts';

function optionsOf(variables: { [name: string]: string }): Options {
  const reading = readOptions(variables);
  if (!reading.ok) throw new Error('bad test options');
  return reading.options;
}

test('pods that are configured alike share a hash, whatever tells them apart', () => {
  const one = optionsOf({ TREASURE_POD_NAME: 'pod-1', TREASURE_PORT: '1000' });
  const other = optionsOf({ TREASURE_POD_NAME: 'pod-2', TREASURE_RUN_ID: 'r' });
  expect(configurationHash(one)).toBe(configurationHash(other));
  expect(configurationHash(one)).not.toBe(configurationHash(optionsOf({ TREASURE_REDIS_TIMEOUT_MS: '26' })));
});

test('a secret is shown as a hash that is salted by the environment', () => {
  const shown = (variables: { [name: string]: string }) => String(visibleConfiguration(optionsOf(variables))['redisPassword']);
  const here = shown({ TREASURE_REDIS_PASSWORD: 'open sesame' });
  expect(here).toMatch(/^scrypt:[0-9a-f]{16}$/);
  expect(shown({ TREASURE_REDIS_PASSWORD: 'open sesame' })).toBe(here);
  expect(shown({ TREASURE_REDIS_PASSWORD: 'open sesame!' })).not.toBe(here);
  expect(shown({ TREASURE_REDIS_PASSWORD: 'open sesame', TREASURE_ENVIRONMENT: 'staging' })).not.toBe(here);
  expect(shown({})).toBe('unset');
});
