import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { quantile } from '../measure/histogram.ts';
import { blankAnswer, blankAsk } from '../players/blank.ts';
import type { Player } from '../players/player.ts';
import { createWireTransport } from '../transports/wire.ts';
import { castOf } from './cast.ts';
import { createEngine } from './engine-of-crowd.ts';
import { speechOfText } from './speech.ts';
import { act } from './stage.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const players = 40;
const gapMs = 20;
const stall = { fromMs: 1000, toMs: 2000 };
/** What the way from the server's answer to the player may take on a busy machine; both tell the time by the same clock. */
const wayMs = 10;

test('over real sockets, percentiles under a stall of the server are those that its own notes give', async () => {
  const answeredAt = new Map<string, number[]>();
  const startMs = systemClock.nowMs();
  const origin = await serve((playerId, answer) => {
    const nowMs = systemClock.nowMs() - startMs;
    const waitMs = nowMs >= stall.fromMs && nowMs < stall.toMs ? stall.toMs - nowMs : 0;
    const note = () => {
      answeredAt.get(playerId)?.push(systemClock.nowMs()) ?? answeredAt.set(playerId, [systemClock.nowMs()]);
      answer();
    };
    if (waitMs === 0) note();
    else setTimeout(note, waitMs);
  });
  const transport = createWireTransport({ clock: systemClock });
  transport.route([{ pod: 'a', origin, basePath: '' }]);
  const engine = createEngine({ clock: systemClock, transport, cast: cast() });
  await engine.start();
  const firstDueMs = systemClock.nowMs() + gapMs;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await engine.stop();
  await transport.close();

  const { latencyUs } = (await engine.figures(0, engine.nowMs())).operations.search;
  const expectedMs = [...answeredAt.values()].flatMap((ends) =>
    ends.map((endMs, nth) => endMs - (nth === 0 ? firstDueMs : ends[nth - 1]! + gapMs)),
  );
  expect(latencyUs.count).toBe(expectedMs.length);
  for (const share of [0.5, 0.9, 0.95, 0.995, 0.999]) {
    const exactMs = rank(expectedMs, share);
    const reportedMs = (quantile(latencyUs, share) ?? 0) / 1000;
    expect(Math.abs(reportedMs - exactMs), `p${share * 100}: ${reportedMs} instead of ${exactMs} ms`).toBeLessThan(0.01 * exactMs + wayMs);
  }
  // Everybody was caught by the stall once, and waited for most of it.
  expect(rank(expectedMs, 0.999)).toBeGreaterThan(stall.toMs - stall.fromMs - 100);
});

/** Each player acts so long after each answer: a schedule that anybody can work out from the answers. */
function cast() {
  const crowd = castOf({ seed: 17, players, mix: { farmer: 1 }, joinMs: 0 }, { pool: [{ members: '"a":1', bytes: 5 }] });
  function* behave(player: Player) {
    for (;;) yield act(player, 'search', gapMs);
  }
  const persona = {
    name: 'scripted',
    description: '',
    behave,
    patienceMs: 10_000,
    retries: { retriesMax: 0, baseMs: 0, capMs: 0, quitPerMille: 0 },
  };
  return {
    ...crowd,
    player: (journey: number, arrivedMs: number): Player => ({
      ...crowd.player(journey, arrivedMs),
      persona,
      sessionMs: Number.MAX_SAFE_INTEGER,
      random: random(journey),
      ask: blankAsk(),
      answer: blankAnswer(),
    }),
    speech: speechOfText(({ journey }, sequence) => ({
      method: 'GET',
      path: `/${journey}`,
      body: null,
      requestId: `${journey}-${sequence}`,
    })),
  };
}

async function serve(receive: (playerId: string, answer: () => void) => void): Promise<string> {
  const own = createServer((request, response) => receive(request.url ?? '', () => response.end('{"treasures":[]}')));
  server = own;
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(own.address() as { port: number }).port}`;
}

function rank(list: readonly number[], share: number): number {
  const sorted = [...list].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * list.length - 1e-6) - 1)] as number;
}
