import { expect, test } from 'vitest';
import { type Profile, profileText, shareOfTruth } from './profile.ts';

const node = (id: number, functionName: string, url: string) => ({ id, callFrame: { functionName, url, lineNumber: 9 } });

/** Three seconds of loading, then four seconds: one in the histogram, one in the books, one in the transport, one idle. */
const profile: Profile = {
  nodes: [
    node(1, 'load', 'node:internal/modules'),
    node(2, 'record', 'file:///here/simulator/measure/histogram.ts'),
    node(3, 'close', 'file:///here/simulator/engine/books.ts'),
    node(4, 'read', 'file:///here/simulator/transports/wire.ts'),
    node(5, '(idle)', ''),
    node(6, 'writev', ''),
  ],
  samples: [1, 2, 3, 4, 5, 6],
  timeDeltas: [3_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000],
};

test('histograms and books are what truth costs, of the time at work after the start', () => {
  expect(shareOfTruth(profile)).toEqual({ truth: 0.5, busySeconds: 4 });
});

test('the text names rooms and functions, and no folder of this machine', () => {
  const text = profileText(profile, '/here');
  expect(text).toContain(' 25.0 %  simulator/measure/\n');
  expect(text).toContain(' 25.0 %  native code\n');
  expect(text).toContain(' 25.0 %  record  simulator/measure/histogram.ts:10\n');
  expect(text).not.toContain('/here');
});

test('a profile of nothing costs nothing', () => {
  expect(shareOfTruth({ nodes: [], samples: [], timeDeltas: [] })).toEqual({ truth: 0, busySeconds: 0 });
});
