import { randomUUID } from 'node:crypto';
import { cleanId } from '../api/request-id.ts';
import type { Worlds } from '../api/worlds.ts';
import type { Operation } from '../operations/metrics.ts';
import type { AnswerCache, Found, Load } from './answer-cache.ts';
import { type Answerer, jsonAnswer, type SidecarAnswer, type SidecarRequest } from './exchange.ts';
import { type Keepable, keepableOf } from './kinds.ts';
import type { LocalSearch } from './local-search.ts';
import { nextTraceparent } from './trace.ts';
import type { Upstream, UpstreamReply, UpstreamResult } from './upstream.ts';

export type AnsweringParts = {
  readonly worlds: Worlds;
  /** Longest time for a request, whatever its caller leaves. */
  readonly requestTimeoutMs: number | null;
  readonly cache: AnswerCache;
  /** Null where searches are left to the main process. */
  readonly search: LocalSearch | null;
  readonly upstream: Upstream;
  /** The sidecar's own endpoints; null for a target that is none. */
  own(target: string): Promise<{ operation: Operation; status: number; contentType: string; body: string }> | null;
};

const searchTarget = '/v1/treasures/search';
const dayMs = 86_400_000;

/** Answers what can be answered here, and asks the main process for the rest, in what is left of the request's time. */
export function createAnswerer(parts: AnsweringParts): Answerer {
  return {
    answer: (request) => {
      if (request.method === 'POST' && request.target === searchTarget) return answerSearch(parts, request);
      if (request.method !== 'GET') return forward(parts, request, 'other');
      const keepable = keepableOf(request.target, parts.worlds.seed);
      if (keepable !== null) return answerKept(parts, request, keepable);
      const own = parts.own(request.target);
      if (own === null) return forward(parts, request, operationOf(request.target));
      return own.then((answer) => ({ ...answer, requestId: idOf(request), isEmpty: false, headers: {}, isLast: false }));
    },
  };
}

function answerSearch(parts: AnsweringParts, request: SidecarRequest): SidecarAnswer | Promise<SidecarAnswer> {
  const isJson = request.contentType?.startsWith('application/json') ?? false;
  const found = isJson ? (parts.search?.answer(request.body) ?? null) : null;
  if (found === null) return forward(parts, request, 'search');
  const requestId = request.requestId === null ? found.bodyRequestId : cleanId(request.requestId);
  return { ...jsonAnswer('search', requestId, 200, found.body), isEmpty: found.isEmpty };
}

function answerKept(parts: AnsweringParts, request: SidecarRequest, keepable: Keepable): SidecarAnswer | Promise<SidecarAnswer> {
  const { key, kind } = keepable;
  // Whoever asks first, others wait for the same: so it gets the whole time, and each of them looks at its own clock.
  // Only where it is asked: what is known here is on its way without a trace of its own.
  const load: Load = async () => {
    const rest = { body: null, restMs: parts.requestTimeoutMs ?? dayMs, isAwaited: false };
    return orInstead(await parts.upstream.send({ ...forwarded(request), ...rest }), keepable, parts.worlds);
  };
  const known = parts.cache.known(key, kind, load);
  const operation = operationOf(request.target);
  if (known !== null) return shown(operation, idOf(request), known, keepable);
  const missing = parts.cache.missing(key, { kind, load, withinMs: restOf(parts, request) });
  return missing.then((found) => shown(operation, idOf(request), found, keepable));
}

/** Nobody waits for a main process that is away where the same can be worked out here. */
function orInstead(result: UpstreamResult, keepable: Keepable, worlds: Worlds): UpstreamResult {
  const reply = result.kind === 'away' ? keepable.instead(worlds) : null;
  return reply === null ? result : { kind: 'reply', reply };
}

function shown(operation: Operation, requestId: string, found: Found, keepable: Keepable): SidecarAnswer {
  if (found.kind === 'value') return jsonAnswer(operation, requestId, 200, keepable.render(found.value));
  return found.kind === 'refused' ? passedOn(operation, requestId, found.reply) : failed(operation, requestId, found.kind);
}

async function forward(parts: AnsweringParts, request: SidecarRequest, operation: Operation): Promise<SidecarAnswer> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : Buffer.from(request.body);
  const result = await parts.upstream.send({ ...forwarded(request), body, restMs: restOf(parts, request), isAwaited: true });
  const requestId = idOf(request);
  if (result.kind !== 'reply') return failed(operation, requestId, result.kind);
  return passedOn(operation, result.reply.headers['x-request-id'] ?? requestId, result.reply);
}

function forwarded({ method, target, contentType, requestId, traceparent }: SidecarRequest) {
  return { method, target, contentType, requestId, traceparent: nextTraceparent(traceparent) };
}

function passedOn(operation: Operation, requestId: string, { status, headers, body }: UpstreamReply): SidecarAnswer {
  const { 'content-type': contentType = 'application/octet-stream', 'x-request-id': _id, ...further } = headers;
  const isEmpty = operation === 'search' && status === 200 && body === '{"treasures":[]}';
  return { operation, status, requestId, contentType, body, isEmpty, headers: further, isLast: false };
}

/**
 * `timeout` is what the service itself says of a request whose time is over. Where the main process is away the connection goes too: the
 * pod is not Ready meanwhile, so that a new one leads to somebody who has the answer.
 */
function failed(operation: Operation, requestId: string, why: 'late' | 'away' | 'full'): SidecarAnswer {
  const error = why === 'late' ? 'timeout' : 'unavailable';
  return { ...jsonAnswer(operation, requestId, 503, JSON.stringify({ error, requestId })), isLast: why === 'away' };
}

/** What is left of a request's time: the caller's word, and never more than our own. */
function restOf({ requestTimeoutMs }: AnsweringParts, { budgetMs, arrivedAtMs }: SidecarRequest): number {
  const limitMs = Math.min(budgetMs ?? dayMs, requestTimeoutMs ?? dayMs);
  return Math.max(0, limitMs - (performance.now() - arrivedAtMs));
}

function idOf({ requestId }: SidecarRequest): string {
  return requestId === null ? randomUUID() : cleanId(requestId);
}

function operationOf(target: string): Operation {
  if (target.startsWith('/v1/spawns')) return 'spawns';
  if (target.startsWith('/v1/biomes/')) return 'biome';
  return target === searchTarget ? 'search' : target === '/openapi.json' ? 'openapi' : 'other';
}
