import { expect, test } from 'vitest';
import { excerptOf, fill } from './cut.ts';

const recording = `bringing the environment up
players join
9.1 s  before: 400 players, 383 requests/s; ok 1,148
steady state before pod-kill
arming pod-kill
during pod-kill
16.4 s  during pod-kill: 400 players; early
21.4 s  during pod-kill: 400 players; late
undoing pod-kill
1 m 05 s  after: 400 players
players leave
\u001b[1mLaunch day\u001b[22m
400 players, seed 7

window   s
before  12.2
✓ Held

Report  /somewhere/launchstorm/runs/2026/report.html
Replay  npm run rehearse -- scenarios/launch-day.ts --seed 7
`;

test('an excerpt holds the last line of progress of each fault, and the whole end', () => {
  expect(excerptOf(recording).split('\n')).toEqual([
    '21.4 s  during pod-kill: 400 players; late',
    '',
    'Launch day',
    '400 players, seed 7',
    '',
    'window   s',
    'before  12.2',
    '✓ Held',
    '',
    'Report  runs/2026/report.html',
    'Replay  npm run rehearse -- scenarios/launch-day.ts --seed 7',
  ]);
});

test('what is no recording to the end is refused', () => {
  expect(() => excerptOf('bringing the environment up\n')).toThrow('holds no table');
});

test('a page is filled between its marks, again and again, and nowhere else', () => {
  const page = 'a\n<!-- excerpt:rehearse -->\n<!-- /excerpt -->\nb\n';
  const once = fill(page, 'rehearse', 'x');
  expect(once).toBe('a\n<!-- excerpt:rehearse -->\n```\nx\n```\n<!-- /excerpt -->\nb\n');
  expect(fill(once, 'rehearse', 'x')).toBe(once);
  expect(() => fill('a', 'rehearse', 'x')).toThrow('has no place');
});
