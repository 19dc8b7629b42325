import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Books } from '../../api/accounting.ts';
import { badRequest } from '../../api/refusals.ts';
import { requestIdOf } from '../../api/request-id.ts';
import { refuseUnreadable } from '../../api/unreadable.ts';
import { jsonAnswer, type SidecarAnswer } from '../exchange.ts';
import { painted } from '../painting.ts';
import { budgetOf } from './head.ts';
import type { HotLaneParts } from './hot-lane.ts';

/** Bytes must come in within this time: a caller that trickles them holds a connection, not our work. */
const receiveTimeoutMs = 10_000;
const receiveCheckMs = 1_000;

/** A full HTTP server for whatever is not plain. It listens nowhere: connections come from the hot lane, and stay. */
export function createSlowLane(parts: Omit<HotLaneParts, 'takeOver'>, books: Books): Server {
  const server = createServer({
    keepAliveTimeout: parts.keepAliveTimeoutMs,
    requestTimeout: receiveTimeoutMs,
    headersTimeout: receiveTimeoutMs,
    connectionsCheckingInterval: receiveCheckMs,
    // Who names no host is told so in the service's own words.
    requireHostHeader: false,
  });
  const serve = (request: IncomingMessage, response: ServerResponse): void => void answerOne(parts, request, response);
  server.on('request', serve);
  // What a caller expects beyond an answer is not ours to promise: the request is answered as if it had not asked.
  server.on('checkExpectation', serve);
  server.on('clientError', (error, socket) => refuseUnreadable(books, error, socket as Socket));
  // A server begins to look after its connections' time-outs when it listens; this one never does.
  server.emit('listening');
  return server;
}

async function answerOne(parts: Omit<HotLaneParts, 'takeOver'>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrivedAtMs = performance.now();
  const body = await bodyOf(request, parts.bodyBytesMax);
  if (body === null) return;
  const { headers } = request;
  const one = (name: string): string | null => (typeof headers[name] === 'string' && headers[name] !== '' ? headers[name] : null);
  const asked = {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    body,
    contentType: one('content-type'),
    requestId: one('x-request-id'),
    traceparent: one('traceparent'),
    budgetMs: budgetOf(one('x-budget-ms')),
    arrivedAtMs,
  };
  const isNameless = headers.host === undefined && request.httpVersionMinor === 1;
  const given = isNameless ? noHost(asked.requestId) : parts.answerer.answer(asked);
  const answer = given instanceof Promise ? await given : given;
  parts.account(answer, arrivedAtMs);
  sendOn(response, answer, parts);
}

function noHost(requestId: string | null): SidecarAnswer {
  const { status, body } = badRequest([{ field: 'host', problem: 'is missing' }]);
  return jsonAnswer('other', requestIdOf({ 'x-request-id': requestId ?? '' }), status, JSON.stringify(body));
}

function sendOn(
  response: ServerResponse,
  answer: SidecarAnswer,
  { podName, isDraining }: Pick<HotLaneParts, 'podName' | 'isDraining'>,
): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'latin1') : painted(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.contentType,
    'content-length': body.length,
    'x-pod': podName,
    'x-request-id': answer.requestId,
    ...(answer.isLast || isDraining() ? { connection: 'close' } : {}),
  });
  response.end(body);
}

/** One byte more than may come is kept, so that the main process says that it is too much; null where the caller vanished. */
async function bodyOf(request: IncomingMessage, bytesMax: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (bytes <= bytesMax) chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).subarray(0, bytesMax + 1);
}
