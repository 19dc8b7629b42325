import fc from 'fast-check';
import { expect, test } from 'vitest';
import { follow, pointerOf } from './json-pointer.ts';

// The table of RFC 6901, section 5.
const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'i\\j': 5, 'k"l': 6, ' ': 7, 'm~n': 8 };

test.each([
  ['', document],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
])('"%s" leads where the standard says', (text, value) => {
  expect(follow(pointerOf(text), document)).toEqual(value);
});

test.each(['/nothing', '/foo/2', '/foo/-', '/foo/01', '/foo/length', '/constructor', '/__proto__', '/foo/0/0'])(
  '"%s" leads nowhere',
  (text) => {
    expect(follow(pointerOf(text), document)).toBeUndefined();
  },
);

test('any member of any object is found by its own name', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (outer, inner) => {
      const text = [outer, inner].map((name) => `/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
      expect(follow(pointerOf(text), JSON.parse(`{${JSON.stringify(outer)}:{${JSON.stringify(inner)}:7}}`))).toBe(7);
    }),
  );
});
