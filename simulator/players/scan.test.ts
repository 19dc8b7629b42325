import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../core/outcome.ts';
import { scannedAlike } from '../engine/scan-wasm/fixtures/both-scans.ts';
import { blankAnswer, blankAsk } from './blank.ts';
import recorded from './fixtures/service-answers.json' with { type: 'json' };
import { someAsk } from './fixtures/some-ask.ts';
import { judge } from './judge.ts';
import type { Answer, Ask } from './player.ts';
import { scan } from './scan.ts';
import { emptyBody, goodBody } from './script.ts';

/** Answers of the reference service to a few players, as they came. */
const service = recorded as readonly { ask: Ask; body: string }[];

describe('scan', () => {
  test('is sure of what the service answers, and finds it of use', () => {
    for (const { ask, body } of service) {
      expect(scanned(ask, bytesOf(body)).detail).toBe('');
      expectAlike(ask, bytesOf(body));
    }
  });

  test('is sure of useful and of empty answers in the order of the description', () => {
    fc.assert(
      fc.property(someAsk(), fc.nat(1000), (ask, step) => {
        expect(scanned(ask, bytesOf(goodBody(ask, step))).detail).toBe('');
        expect(scanned(ask, bytesOf(emptyBody(ask))).answer.outcome).toBe('empty');
        expectAlike(ask, bytesOf(goodBody(ask, step)));
        expectAlike(ask, bytesOf(emptyBody(ask)));
      }),
    );
  });

  test('and a parser judge alike when any byte of an answer is another one, or missing', () => {
    for (const { ask, body } of [...service, ...scripted()]) {
      const bytes = bytesOf(body);
      // Long maps say the same thing over and over: their ends are enough.
      const places = [...bytes.keys()].filter((at) => at < 350 || at > bytes.length - 50);
      for (const at of places) {
        for (const bit of [1, 2, 16, 32, 64, 128]) expectAlike(ask, changed(bytes, at, (bytes[at] as number) ^ bit));
        for (const other of telling) expectAlike(ask, changed(bytes, at, other.charCodeAt(0)));
        expectAlike(ask, Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]));
      }
    }
  });

  test('and a parser judge alike when an answer is cut off anywhere, or goes on after its end', () => {
    for (const { ask, body } of [...service, ...scripted()]) {
      const bytes = bytesOf(body);
      for (let length = 0; length < Math.min(350, bytes.length); length++) expectAlike(ask, bytes.subarray(0, length));
      for (const more of [' ', '}', '{}', '\n']) expectAlike(ask, bytesOf(`${body}${more}`));
    }
  });

  test('and a parser judge alike whatever stands in the place of a value', () => {
    const value = fc.oneof(fc.constantFrom(...oddValues), fc.json({ maxDepth: 1 }));
    fc.assert(
      fc.property(fc.constantFrom(...service, ...scripted()), fc.nat(200), value, ({ ask, body }, nth, odd) => {
        expectAlike(ask, bytesOf(withValue(body, nth, odd)));
      }),
      { numRuns: 3000 },
    );
  });

  test('and a parser judge alike when an answer is formatted, reordered, escaped, or has more to it', () => {
    for (const { ask, body } of [...service, ...scripted()]) {
      const content = JSON.parse(body) as unknown;
      const escaped = body.replace(/[a-z](?=[a-z]*")/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
      const twice = body.replace(/"(id|x|size|loot|tiles)":/g, (key) => `${key}null,${key}`);
      for (const text of [JSON.stringify(content, null, 2), JSON.stringify(reversed(content)), escaped, twice, `\ufeff${body}`]) {
        expectAlike(ask, bytesOf(text));
      }
    }
  });

  test('and a parser judge alike of maps of few words, whatever their length, wherever they lie, and whatever byte is another one', () => {
    const word = fc.oneof(fc.stringMatching(/^[a-z_]{0,20}$/), fc.constantFrom(...oddTiles));
    const words = fc.array(word, { minLength: 1, maxLength: 4 });
    const mutation = fc.record({ at: fc.nat(), byte: fc.nat(255) });
    fc.assert(
      fc.property(words, fc.array(fc.nat(3), { minLength: 9, maxLength: 9 }), fc.nat(9), mutation, (few, picks, before, { at, byte }) => {
        const ask: Ask = { ...blankAsk(), kind: 'biome', world: 'nimbus', x: 5, z: -6, size: 3 };
        const tiles = picks.map((pick) => few[pick % few.length] as string);
        const bytes = bytesOf(JSON.stringify({ world: 'nimbus', x: 5, z: -6, size: 3, tiles }));
        expect(scanned(ask, within(bytes, before)).detail).toBe('');
        expectAlike(ask, within(changed(bytes, at % bytes.length, byte), before));
        expectAlike(ask, within(bytes.subarray(0, at % bytes.length), before));
      }),
      { numRuns: 5000 },
    );
  });

  test('looks at nothing outside of the body', () => {
    const [{ ask, body } = service[0]!] = service;
    const bytes = bytesOf(`xx${body}}]`);
    const answer = blankAnswer();
    expect(scan(ask, bytes, { from: 2, to: bytes.length - 2 }, answer)).toBe('');
    expect(scan(ask, bytes, { from: 2, to: bytes.length - 3 }, answer)).toBe(null);
    expect(scan(ask, bytes, { from: 2, to: bytes.length - 1 }, answer)).toBe(null);
  });

  test('reads numbers as a parser does, to the last bit, or is not sure', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(...oddNumbers)), fc.nat(17), (number, digits) => {
        const text = typeof number === 'string' ? number : number.toFixed(Math.min(digits, 17));
        const body = `{"treasures":[{"id":"t","position":{"x":${text},"y":1,"z":2},"rarity":"rare","distance":0,"loot":["rope"]}]}`;
        expectAlike({ ...blankAsk(), kind: 'search' }, bytesOf(body));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Bytes that mean something in JSON. */
const telling = ['"', '\\', '\n', '0', ',', ']', '}'];

const oddNumbers = [
  '-0',
  '0.1',
  '1e3',
  '1E400',
  '00',
  '01',
  '.5',
  '1.',
  '+1',
  '-',
  '9007199254740993',
  '0.30000000000000004',
  '123456789.987654',
];
const oddValues = [
  ...oddNumbers,
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '"t-ü"',
  '"\\ud800"',
  '"a\\"b"',
  '"tab\there"',
  '"line\nbreak"',
  '"\u007f"',
  '[null]',
  '["rope",7]',
  '["a"],"loot":[]',
  `"${'x'.repeat(200)}"`,
  `"${'x'.repeat(201)}"`,
];

const oddTiles = ['Wüste', 'böse Höhle', '\u00ff\u00ff\u00ff\u00ff\u00ff', '\ud83c\udf32\ud83c\udf32', '\u007f', ']', '],['];

/** Only what a fixed seed of the script gives: the same on every machine. */
function scripted(): readonly { ask: Ask; body: string }[] {
  const ask = { ...blankAsk(), world: 'verdania', x: 12, y: 64, z: -7, size: 3, treasureId: 't-1' };
  const kinds: readonly Operation[] = ['search', 'spawns', 'biome'];
  return kinds.flatMap((kind) => {
    const asked = { ...ask, kind };
    return [goodBody(asked, 3), emptyBody(asked), emptyBody({ ...asked, x: 13 }), goodBody({ ...asked, x: 13, treasureId: 't-2' }, 3)].map(
      (body) => ({ ask: asked, body }),
    );
  });
}

/** As the engine does it: scanned, and judged where that is not sure; against judged alone. The compiled scan is held to the other. */
function expectAlike(ask: Ask, bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes);
  const judged = blankAnswer();
  const detail = judge(ask, 200, text, judged);
  const { detail: fromScan, answer } = scanned(ask, bytes);
  scannedAlike(ask, bytes, { at: 0 });
  if (fromScan === null) return;
  if (fromScan !== detail || JSON.stringify(answer) !== JSON.stringify(judged) || !Object.is(answer.x, judged.x)) {
    expect.fail(`scan: ${fromScan} ${JSON.stringify(answer)}, judge: ${detail} ${JSON.stringify(judged)}, of ${text}`);
  }
}

function scanned(ask: Ask, bytes: Uint8Array): { detail: string | null; answer: Answer } {
  const answer = blankAnswer();
  // Whatever the previous answer left behind must not show.
  Object.assign(answer, { treasureId: 'left over', x: 1, y: 2, z: 3, count: 9 });
  const detail = scan(ask, bytes, { from: 0, to: bytes.length }, answer);
  return { detail, answer };
}

function withValue(body: string, nth: number, value: string): string {
  const values = [...body.matchAll(/"[^"]*"(?!:)|-?\d[\d.]*|\[[^[\]{}]*\]/g)];
  const match = values[nth % values.length]!;
  return `${body.slice(0, match.index)}${value}${body.slice(match.index + match[0].length)}`;
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

function changed(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = byte;
  return copy;
}

/** The same bytes behind others, in memory that goes on after them as they do. */
function within(bytes: Uint8Array, before: number): Uint8Array {
  const memory = new Uint8Array(before + 2 * bytes.length);
  memory.set(bytes, before);
  memory.set(bytes, before + bytes.length);
  return memory.subarray(before, before + bytes.length);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
