import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createLiveView, type LiveState } from './live.ts';
import { timelineBar } from './live-lines.ts';

const state: LiveState = {
  phase: 'during pod-kill',
  elapsedMs: 20_000,
  totalMs: 90_000,
  players: 400,
  requestsPerSecond: 768.4,
  p99Us: 16_400,
  p99Count: 2304,
  outcomes: { ok: 2270, empty: 3, wrong: 0, refused: 0, unknown: 31, unreachable: 0, dropped: 0, abandoned: 0 },
  podsReady: 2,
  podsTotal: 3,
  openFaults: ['pod-kill'],
  faults: [{ id: 'pod-kill', appliedAtMs: 15_000, undoneAtMs: null }],
};

function watch(options: { tty: boolean; columns?: number; color?: boolean }) {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text), columns: options.columns ?? 80 };
  let nowMs = 0;
  const view = createLiveView(stream, { tty: options.tty, color: options.color ?? false, now: () => nowMs });
  return { view, written, stream, pass: (ms: number) => (nowMs += ms) };
}

describe('piped', () => {
  test('tells each phase once and how it goes every five seconds', () => {
    const { view, written, pass } = watch({ tty: false });
    for (let tick = 0; tick < 48; tick++) {
      view.update({ ...state, phase: tick < 24 ? 'before' : 'during pod-kill' });
      pass(250);
    }
    view.end();
    expect(written.map((line) => line.split(': ')[0]?.trim())).toEqual([
      'before',
      '20.0 s  before',
      'during pod-kill',
      '20.0 s  during pod-kill',
    ]);
    expect(written[3]).toBe(
      '20.0 s  during pod-kill: 400 players, 768 requests/s (1.92 per player), search p99 16 ms (2,304); ok 2,270, empty chests 3, unknown 31; pods up 2 of 3, open faults: pod-kill\n',
    );
  });

  test('does not repeat a phase that a line told already', () => {
    const { view, written } = watch({ tty: false });
    view.line('before');
    view.line('  pod-1 is ready');
    view.update({ ...state, phase: 'before' });
    expect(written).toEqual(['before\n', '  pod-1 is ready\n']);
  });

  test('writes not one escape, even where a text brings its own', () => {
    const { view, written } = watch({ tty: false, color: false });
    view.line('\u001b[2Jgone');
    view.update({ ...state, phase: '\u001b]0;owned\u0007' });
    expect(written.join('')).not.toMatch(/[\u001b\u0007]/);
  });
});

describe('on a terminal', () => {
  test('paints at most four times a second, however often it is told', () => {
    const { view, written, pass } = watch({ tty: true });
    for (let tick = 0; tick < 1000; tick++) {
      view.update(state);
      pass(1);
    }
    expect(written).toHaveLength(4);
  });

  test.each([20, 40, 80, 200])('no line is as wide as a terminal of %i columns, so none wraps', (columns) => {
    const { view, written } = watch({ tty: true, columns, color: true });
    view.update(state);
    for (const line of stripVTControlCharacters(written[0] ?? '').split('\n')) expect([...line].length).toBeLessThan(Math.max(columns, 21));
  });

  test('paints over what it painted, and keeps lines above', () => {
    const screen = play(({ view, pass }) => {
      view.update({ ...state, players: 399 });
      view.line('pod-2 is gone');
      pass(250);
      view.update(state);
    });
    expect(screen[0]).toBe('pod-2 is gone');
    expect(screen.filter((line) => line.includes('players'))).toHaveLength(1);
    expect(screen.join('\n')).toContain('400 players');
  });

  test('leaves nothing but the lines behind, and the cursor was never hidden', () => {
    const { view, written } = watch({ tty: true });
    const screen = play(({ view: played }) => {
      played.line('before');
      played.update(state);
      played.end();
      played.end();
    });
    view.update(state);
    view.end();
    expect(screen).toEqual(['before', '']);
    expect(written.join('')).not.toContain('\u001b[?25l');
  });

  /** What a terminal shows after all of it: moves up, clears below, prints. */
  function play(act: (watched: ReturnType<typeof watch>) => void): string[] {
    const watched = watch({ tty: true });
    act(watched);
    let screen: string[] = [''];
    for (const text of watched.written) {
      const up = /^\u001b\[(\d+)A\r\u001b\[J/.exec(text);
      if (up !== null) screen = [...screen.slice(0, screen.length - 1 - Number(up[1])), ''];
      const lines = text.slice(up?.[0].length ?? 0).split('\n');
      screen = [...screen.slice(0, -1), (screen.at(-1) ?? '') + (lines[0] ?? ''), ...lines.slice(1)];
    }
    return screen;
  }

  test('a terminal that became narrower is cleared by its broken lines', () => {
    const { view, written, stream, pass } = watch({ tty: true, columns: 120 });
    view.update(state);
    const before = (written[0] ?? '').split('\n').slice(0, -1);
    stream.columns = 40;
    pass(250);
    view.update(state);
    const rows = before.reduce((sum, line) => sum + Math.ceil([...line].length / 40), 0);
    expect(rows).toBeGreaterThan(before.length);
    expect(written[1]).toContain(`\u001b[${rows}A`);
  });
});

test('the bar shows what was played, the faults in it, and what is to come', () => {
  expect(timelineBar(state, 18)).toBe('━━━▓──────────────');
});
