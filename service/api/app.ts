import { maxHeaderSize } from 'node:http';
import type { Socket } from 'node:net';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Remember } from '../cache/levels.ts';
import type { Log } from '../operations/log.ts';
import type { Metrics, Operation } from '../operations/metrics.ts';
import type { Options } from '../options.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';
import type { AccessLog } from './access-log.ts';
import { account, type Books } from './accounting.ts';
import { biomeMap } from './biome-map.ts';
import { Budget, chainBudgetOf, OutOfTime, shorterOf } from './budget.ts';
import { answerOf } from './error-answers.ts';
import { refuseOtherMethods } from './other-methods.ts';
import { badRequest, checked, notFound, type Refusal } from './refusals.ts';
import { cleanId, requestIdOf } from './request-id.ts';
import { biomeMapAddress, searchBody, spawnsQuery } from './request-shapes.ts';
import { search } from './search.ts';
import { spawns } from './spawns.ts';
import { Turnstile } from './turnstile.ts';
import { refuseUnreadable } from './unreadable.ts';
import type { Worlds } from './worlds.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** A good answer without anything in it. */
    isEmptyAnswer: boolean;
    arrivedAtMs: number;
  }
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

export type AppParts = {
  options: Options;
  worlds: Worlds;
  remember: Remember;
  sessions: SessionDesk;
  metrics: Metrics;
  accessLog: AccessLog;
  log: Log;
};

/** Bytes must come in within this time: a caller that trickles them holds a connection, not our work. */
const receiveTimeoutMs = 10_000;
const receiveCheckMs = 1_000;

/** The treasure API on its own, without the operations' endpoints. Every answer carries `x-pod` and `x-request-id`. */
export function createApp(parts: AppParts): FastifyInstance {
  const books: Books = { metrics: parts.metrics, accessLog: parts.accessLog, podName: cleanId(parts.options.podName) };
  const app: FastifyInstance = fastify({
    // Only known keys are ever copied out of a body, so a key `__proto__` is as harmless as any other further key.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // A part of the path that is too long is named like any other bad field.
    routerOptions: { maxParamLength: maxHeaderSize },
    bodyLimit: parts.options.bodyBytesMax,
    keepAliveTimeout: parts.options.keepAliveTimeoutMs,
    requestTimeout: receiveTimeoutMs,
    http: {
      // As long as this is longer than the limit for the whole request, the runtime does not enforce that one.
      headersTimeout: receiveTimeoutMs,
      connectionsCheckingInterval: receiveCheckMs,
      // A missing host is refused below, in our own words.
      requireHostHeader: false,
    },
    genReqId: (request) => requestIdOf(request.headers),
    // While we drain, what is already on its way is still answered.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    // An address that cannot be read never reaches the hooks below.
    frameworkErrors: (error, request, reply) => {
      const answer = answerOf(error, request.id);
      account(books, request, (reply as FastifyReply).code(answer.status));
      sendRefusal(reply as FastifyReply, answer);
    },
    clientErrorHandler: (error, socket) => refuseUnreadable(books, error, socket as Socket),
  });
  // JSON or nothing: a form or a text is 415, not a string that fails every check.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('isEmptyAnswer', false);
  app.decorateRequest('arrivedAtMs', 0);
  app.addHook('onRequest', (request, _reply, done) => {
    request.arrivedAtMs = performance.now();
    if (request.headers.host === undefined && request.raw.httpVersionMinor === 1) done(noHost());
    else done();
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    account(books, request, reply);
    done();
  });
  // What a caller expects beyond an answer is not ours to promise: the request is answered as if it had not asked.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.setNotFoundHandler(() => {
    throw notFound('route');
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = answerOf(error, request.id);
    if (answer.status === 500)
      parts.log.error({ err: error, requestId: request.id, traceparent: request.headers.traceparent }, 'request failed');
    sendRefusal(reply, answer);
  });
  refuseOtherMethods(app);
  addRoutes(app, parts);
  return app;
}

function sendRefusal(reply: FastifyReply, refusal: Refusal): void {
  void reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
}

function noHost(): Refusal {
  return badRequest([{ field: 'host', problem: 'is missing' }]);
}

/** Good form, and nothing for the player: what a service does that was told never to fail. */
function lateAnswer(error: unknown, onTimeout: Options['onTimeout']): { treasures: never[] } {
  if (error instanceof OutOfTime && onTimeout === 'empty') return { treasures: [] };
  throw error;
}

function addRoutes(app: FastifyInstance, { options, worlds, remember, sessions }: AppParts): void {
  const turnstile = new Turnstile(options.waitingMax);
  /** Does the work when it is the request's turn, with what is left of its time. */
  const inTurn = async <Answer>({ arrivedAtMs, headers }: FastifyRequest, work: (budget: Budget) => Promise<Answer>): Promise<Answer> => {
    await turnstile.enter();
    const budget = new Budget(shorterOf(options.requestTimeoutMs, chainBudgetOf(headers['x-budget-ms'])), arrivedAtMs);
    budget.check();
    return work(budget);
  };

  app.post('/v1/treasures/search', { config: { operation: 'search' } }, async (request) => {
    const body = checked(searchBody, request.body, 'body');
    if (request.headers['x-request-id'] === undefined) request.id = cleanId(body.requestId);
    const arrival = { search: body, raw: request.body as object, bytes: Number(request.headers['content-length'] ?? 0) };
    const find = () => inTurn(request, (budget) => search(worlds, remember, body, budget));
    const answer = await sessions.answer(arrival, find).catch((error) => lateAnswer(error, options.onTimeout));
    request.isEmptyAnswer = answer.treasures.length === 0;
    return answer;
  });

  app.get('/v1/spawns', { config: { operation: 'spawns' } }, async (request) => {
    const query = checked(spawnsQuery, request.query, 'query');
    const answer = await inTurn(request, (budget) => spawns(worlds, remember, query, budget));
    request.isEmptyAnswer = answer.spawns.length === 0;
    return answer;
  });

  app.get('/v1/biomes/:world/:x/:z/map', { config: { operation: 'biome' } }, async (request) => {
    const address = checked(biomeMapAddress, { ...(request.query as object), ...(request.params as object) }, 'query');
    return inTurn(request, (budget) => biomeMap(worlds, remember, address, budget));
  });
}
