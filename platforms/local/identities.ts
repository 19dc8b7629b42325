import type { Identity } from '../telemetry.ts';
import type { Box } from './box.ts';
import { type Labels, labelsOf, sumOf } from './metrics-text.ts';
import { frontOf } from './pod.ts';
import { answerOf } from './probe.ts';

const answerMsMax = 1_000;

/** What the metrics of a box's pods say of themselves; a pod that does not answer says nothing. Never rejects. */
export async function identitiesOf(box: Box | null): Promise<readonly Identity[]> {
  const origins = (box?.pods ?? []).flatMap((pod) => frontOf(pod).life?.origin ?? []);
  const limits = { timeoutMs: answerMsMax, signal: AbortSignal.timeout(2 * answerMsMax) };
  const texts = await Promise.all(origins.map((origin) => answerOf(`${origin}/metrics`, limits)));
  return texts.flatMap((text) => (text === null ? [] : identityIn(text)));
}

function identityIn(text: string): readonly Identity[] {
  const { environment, config_hash: configHash, pod } = labelsOf(text, 'treasure_info') ?? {};
  if (environment === undefined || configHash === undefined || pod === undefined) return [];
  const redisUp = sumOf(text, 'treasure_redis_up', {});
  return [
    {
      pod,
      environment,
      configHash,
      redisUp: redisUp === null ? null : redisUp > 0,
      redisAuthRefused: sumOf(text, 'treasure_redis_auth_refused_total', {}),
      cacheLookups: lookups(text, { level: 'process' }),
      cacheHits: hitsIn(text),
    },
  ];
}

/** A level beyond is asked where the one before had nothing: each lookup is one of the first level, and a hit of one of them at most. */
function hitsIn(text: string): number | null {
  const hits = [
    { level: 'process', result: 'hit' },
    { level: 'process', result: 'stale' },
    { level: 'process', result: 'negative' },
    { level: 'disk', result: 'hit' },
    { level: 'redis', result: 'hit' },
  ].map((labels) => lookups(text, labels));
  return hits.includes(null) ? null : hits.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function lookups(text: string, labels: Labels): number | null {
  return sumOf(text, 'treasure_cache_lookups_total', labels);
}
