import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../core/outcome.ts';
import { blankAnswer, blankAsk } from '../../players/blank.ts';
import recorded from '../../players/fixtures/service-answers.json' with { type: 'json' };
import { someAsk } from '../../players/fixtures/some-ask.ts';
import type { Ask } from '../../players/player.ts';
import { goodBody } from '../../players/script.ts';
import { readBuffer } from '../../transports/read-memory.ts';
import { scannedAlike } from './fixtures/both-scans.ts';
import { isUseful } from './scan-module.ts';

/** Answers of the reference service to a few players, as they came. */
const service = recorded as readonly { ask: Ask; body: string }[];
const encoder = new TextEncoder();

describe('the compiled scan', () => {
  test('is sure of what the service answers, wherever it lies in the buffer, its edges included', () => {
    for (const { ask, body } of service) {
      const bytes = encoder.encode(body);
      const last = readBuffer.length - bytes.length;
      for (const at of [0, 1, 7, 63, 64, 65, 1000, last - 64, last - 63, last - 1, last]) {
        expect(scannedAlike(ask, bytes, { at })).toBe(true);
      }
    }
  });

  test('is sure of useful answers of any length, number and place, whatever stands around them', () => {
    fc.assert(
      fc.property(someAsk(), fc.nat(1000), fc.nat(readBuffer.length), noise(), (ask, step, at, around) => {
        expect(scannedAlike(ask, encoder.encode(goodBody(ask, step)), { at, around })).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('reads what the scan in TypeScript reads when bytes are other ones, are missing, come twice, or are cut off', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...service),
        fc.array(someChange(), { minLength: 1, maxLength: 3 }),
        fc.nat(200),
        ({ ask, body }, all, at) => {
          const bytes = all.reduce(changed, encoder.encode(body));
          scannedAlike(ask, bytes, { at });
          scannedAlike(ask, bytes, { at: readBuffer.length });
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test('reads what the scan in TypeScript reads of every short list there is, where one look at 64 bytes ends and the next begins', () => {
    const ask: Ask = { ...blankAsk(), world: 'nimbus', x: 5, z: -6, size: 1 };
    let sure = 0;
    for (const letters of wordsOf('",a]ü', 6)) {
      for (const before of ['', `"${'x'.repeat(57)}",`, `"${'x'.repeat(59)}",`]) {
        const texts = `${before}${letters}`;
        const search = `{"treasures":[{"id":"t","position":{"x":1,"y":1,"z":2},"rarity":"rare","distance":0,"loot":[${texts}]}]}`;
        const map = `{"world":"nimbus","x":5,"z":-6,"size":1,"tiles":[${texts}]}`;
        if (scannedAlike({ ...ask, kind: 'search' }, encoder.encode(search), { at: 0 })) sure += 1;
        scannedAlike({ ...ask, kind: 'biome' }, encoder.encode(map), { at: 0 });
      }
    }
    expect(sure).toBeGreaterThan(100);
  });

  test('counts tiles as the scan in TypeScript does, wherever their commas fall', () => {
    const word = fc.oneof(fc.stringMatching(/^[a-z_]{0,20}$/), fc.constantFrom('böse Höhle', ']', '],[', ',', 'a,', ',a', ''));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        fc.nat(255),
        (few, size, at, byte) => {
          const tiles = Array.from({ length: size * size }, (_unused, nth) => few[(nth * 7) % few.length] as string);
          const ask: Ask = { ...blankAsk(), kind: 'biome', world: 'nimbus', x: 5, z: -6, size };
          const bytes = encoder.encode(JSON.stringify({ world: 'nimbus', x: 5, z: -6, size, tiles }));
          expect(scannedAlike(ask, bytes, { at: at % 100 })).toBe(!few.some((each) => each.includes(',') && tiles.includes(each)));
          scannedAlike(ask, changed(bytes, { kind: 'set', at, byte }), { at: at % 100 });
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('reads numbers to the last bit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(...oddNumbers)), fc.nat(17), (number, digits) => {
        const text = typeof number === 'string' ? number : number.toFixed(digits);
        const body = `{"treasures":[{"id":"t","position":{"x":${text},"y":1,"z":2},"rarity":"rare","distance":0,"loot":["rope"]}]}`;
        scannedAlike({ ...blankAsk(), kind: 'search' }, encoder.encode(body), { at: 0 });
      }),
      { numRuns: 5000 },
    );
  });

  test('returns, whatever lies in the buffer and wherever it is told to look', () => {
    const offset = fc.oneof(fc.integer({ min: -70_000, max: 140_000 }), fc.integer(), fc.double());
    fc.assert(
      fc.property(fc.constantFrom<Operation[]>('search', 'spawns', 'biome'), noise(), offset, offset, (kind, bytes, from, to) => {
        readBuffer.set(bytes, readBuffer.length - bytes.length);
        expect(isUseful({ ...blankAsk(), kind }, { bytes: readBuffer, from, to }, blankAnswer())).toBe(false);
      }),
      { numRuns: 10_000 },
    );
  });

  test('goes no further than the buffer, and looks at no other', () => {
    const [{ ask, body }] = service as [{ ask: Ask; body: string }];
    const bytes = encoder.encode(body);
    readBuffer.set(bytes, readBuffer.length - bytes.length);
    const from = readBuffer.length - bytes.length;
    const answer = blankAnswer();
    expect(isUseful(ask, { bytes: readBuffer, from, to: readBuffer.length }, answer)).toBe(true);
    expect(isUseful(ask, { bytes: readBuffer, from, to: readBuffer.length + 1 }, answer)).toBe(false);
    expect(isUseful(ask, { bytes: readBuffer, from, to: readBuffer.length - 1 }, answer)).toBe(false);
    expect(isUseful(ask, { bytes: Buffer.from(readBuffer), from, to: readBuffer.length }, answer)).toBe(false);
  });
});

const oddNumbers = [
  '-0',
  '0.1',
  '1e3',
  '00',
  '01',
  '.5',
  '1.',
  '+1',
  '-',
  '--1',
  '9007199254740993',
  '0.30000000000000004',
  '123456789.987654',
];

/** Pieces of answers among bytes of any kind. */
function noise(): fc.Arbitrary<Uint8Array> {
  const pieces = ['{"treasures":[{"id":"', '","position":{"x":', ',"loot":["', '"', ',', ']}]}', '0', '9', '-', '.', '\u0000', '\u00ff'];
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 30 })
    .map((all) => encoder.encode(all.join('')));
}

/** All of at most that many letters. */
function wordsOf(letters: string, length: number): readonly string[] {
  if (length === 0) return [''];
  const shorter = wordsOf(letters, length - 1);
  const longest = shorter.filter((word) => word.length === length - 1);
  return [...shorter, ...longest.flatMap((word) => [...letters].map((letter) => word + letter))];
}

type Change = { kind: 'set' | 'drop' | 'double' | 'cut'; at: number; byte: number };

function someChange(): fc.Arbitrary<Change> {
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(...encoder.encode('",:]}[{\\0-. ')));
  return fc.record({ kind: fc.constantFrom('set', 'set', 'set', 'drop', 'double', 'cut'), at: fc.nat(), byte });
}

function changed(bytes: Uint8Array, { kind, at, byte }: Change): Uint8Array {
  const place = at % Math.max(1, bytes.length);
  const before = bytes.subarray(0, place);
  const after = bytes.subarray(place + 1);
  if (kind === 'cut') return before;
  if (kind === 'drop') return Uint8Array.from([...before, ...after]);
  return kind === 'set' ? Uint8Array.from([...before, byte, ...after]) : Uint8Array.from([...before, byte, ...bytes.subarray(place)]);
}
