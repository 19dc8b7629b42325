import { expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import { type Rehearsed, rehearse } from '../fixtures/simulated-world.ts';
import { openAnnotator } from './annotator.ts';
import { type Call, openFakeGrafana } from './fixtures/fake-grafana.ts';

const token = 'glsa_hush';
type Refuses = Parameters<typeof openFakeGrafana>[0];

/** A simulated launch day with two faults that tells a Grafana of them. */
async function told(refuses?: Refuses): Promise<Rehearsed & { calls: readonly Call[] }> {
  const grafana = await openFakeGrafana(refuses);
  try {
    return { ...(await toldTo(grafana.url)), calls: grafana.calls };
  } finally {
    await grafana.close();
  }
}

async function toldTo(url: string): Promise<Rehearsed> {
  const onlooker = openAnnotator({ url, token }, systemClock);
  const rehearsed = await rehearse({ onlooker });
  await onlooker.end(rehearsed.record);
  return rehearsed;
}

const complaintsIn = ({ world }: Rehearsed) => world.lines.filter((line) => line.includes('Grafana'));

test('each fault is a line when it is applied, and a band from then on when it is put back, at the times of the report', async () => {
  const { calls, record } = await told();
  const begunMs = Date.parse(record.header.startedAt);
  expect(calls.map(({ method, path }) => `${method} ${path.replace(/\d+$/, 'N')}`).sort()).toEqual(
    ['POST /api/annotations', 'POST /api/annotations', 'PATCH /api/annotations/N', 'PATCH /api/annotations/N'].sort(),
  );
  for (const { kind, variant, appliedAtMs, undoneAtMs } of record.faults) {
    const post = calls.findIndex(({ body }) => String(body['text']).startsWith(kind));
    expect(calls[post]?.body).toEqual({
      time: Math.round(begunMs + (appliedAtMs as number)),
      tags: ['launchstorm', kind, variant, record.header.environment],
      text: `${kind} (${variant}) in A short launch day on ${record.header.environment}, run simulated-7`,
    });
    const patch = calls.find(({ method, path }) => method === 'PATCH' && path === `/api/annotations/${101 + post}`);
    expect(patch?.body).toEqual({ timeEnd: Math.round(begunMs + (undoneAtMs as number)) });
  }
  expect(new Set(calls.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${token}`]));
});

test('a Grafana that refuses is said once, without the token, and the run is the same', async () => {
  const [unseen, refused] = await Promise.all([rehearse(), told(() => 403)]);
  expect(refused.record).toEqual(unseen.record);
  expect(refused.calls).toHaveLength(4);
  expect(complaintsIn(refused)).toHaveLength(1);
  expect(complaintsIn(refused)[0]).toContain('POST /api/annotations was answered 403');
  expect(refused.world.lines.join()).not.toContain(token);
});

test('where a fault could not be begun it is told as a whole when it is put back', async () => {
  const { calls } = await told(({ method, body }) => (method === 'POST' && body['timeEnd'] === undefined ? 502 : 'fine'));
  const whole = calls.filter(({ body }) => body['timeEnd'] !== undefined);
  expect(whole.map(({ method }) => method)).toEqual(['POST', 'POST']);
  for (const { body } of whole) expect(body['timeEnd'] as number).toBeGreaterThan(body['time'] as number);
});

test('a Grafana that is not there, or says nothing, holds up nobody', async () => {
  const gone = await openFakeGrafana();
  await gone.close();
  const nobodyThere = await toldTo(gone.url);
  expect(complaintsIn(nobodyThere)).toHaveLength(1);
  const silent = await told(() => null);
  expect(silent.record.interruption).toBeNull();
  expect(silent.report.verdict.status).toBe('held');
});
