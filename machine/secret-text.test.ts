import { expect, test } from 'vitest';
import { masked } from './secret-text.ts';

const secret = 'p@ss/"geheim"+ü';

test.each([
  ['as it is', secret],
  ['in a URL', `redis://shop:${encodeURIComponent(secret)}@127.0.0.1:6379`],
  ['in JSON', JSON.stringify({ password: secret })],
  ['in JSON in JSON', JSON.stringify({ msg: JSON.stringify({ password: secret }) })],
  ['in base64', Buffer.from(secret).toString('base64')],
])('a secret is masked %s', (_where, text) => {
  const told = masked(`before ${text} after`, ['', secret]);
  expect(told).toMatch(/^before .*\*\*\*.* after$/);
  expect(told).not.toContain('geheim');
});

test('what is no secret stays', () => {
  expect(masked('nothing to see', ['', secret])).toBe('nothing to see');
});
