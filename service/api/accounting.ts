import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics, RequestOutcome } from '../operations/metrics.ts';
import type { AccessLog } from './access-log.ts';

export type Books = { readonly metrics: Metrics; readonly accessLog: AccessLog; readonly podName: string };

/** Labels and books an answer before its first byte is sent: access log and metrics count the same answers. */
export function account(books: Books, request: FastifyRequest, reply: FastifyReply): void {
  // A body that never came was answered, and booked, by hand: the framework's own answer finds the connection ended.
  if (request.raw.socket.writableEnded) return;
  const operation = request.routeOptions.config.operation ?? 'other';
  const status = reply.statusCode;
  void reply.header('x-pod', books.podName).header('x-request-id', request.id);
  books.metrics.countRequest(operation, outcomeOf(status, request.isEmptyAnswer), reply.elapsedTime / 1_000);
  books.accessLog.write(request.id, operation, status);
}

export function outcomeOf(status: number, isEmpty: boolean): RequestOutcome {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return isEmpty ? 'empty' : 'ok';
}
