import { expect, test } from 'vitest';
import { nextTraceparent } from './trace.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

test('the trace and its flags go on, the span is a new one each time', () => {
  const next = nextTraceparent(`00-${trace}-${span}-01`);
  expect(next).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  expect(next).not.toContain(span);
  expect(nextTraceparent(`00-${trace}-${span}-01`)).not.toBe(next);
});

test.each([
  null,
  '',
  'nonsense',
  `01-${trace}-${span}-01`,
  `00-${'0'.repeat(32)}-${span}-01`,
  `00-${trace}-${'0'.repeat(16)}-01`,
  `00-${trace.toUpperCase()}-${span}-01`,
])('%j begins a trace of its own, which nobody has asked to record', (given) => {
  const next = nextTraceparent(given);
  expect(next).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/);
  expect(next).not.toContain(trace);
});
