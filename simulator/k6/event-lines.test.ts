import { expect, test } from 'vitest';
import { readEvent } from './event-lines.ts';

test.each([
  ['now 1000', { event: 'now', atMs: 1000 }],
  ['joined 12', { event: 'joined', atMs: 12 }],
  ['lag 250', { event: 'lag', lagUs: 250 }],
  [
    'action 1500 search ok 2000 1500 7-1-1 200',
    { event: 'action', atMs: 1500, operation: 'search', outcome: 'ok', latencyUs: 2000, serviceUs: 1500, requestId: '7-1-1', status: 200 },
  ],
  ['chain 1500 useful 90000', { event: 'chain', atMs: 1500, result: 'useful', latencyUs: 90_000 }],
  ['end 60000', { event: 'end', atMs: 60_000 }],
])('%s', (line, event) => {
  expect(readEvent(line)).toEqual(event);
});

test.each([
  '',
  'now',
  'now soon',
  'dance 5',
  'action 5 search ok',
  'action 5 sail ok 1 1 - 200',
  'action 5 search fine 1 1 - 200',
  'chain 5 merry 1',
])('%j is not understood', (line) => {
  expect(() => readEvent(line)).toThrow(RangeError);
});
