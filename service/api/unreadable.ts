import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Books } from './accounting.ts';
import { badRequest, Refusal } from './refusals.ts';
import { requestIdOf } from './request-id.ts';

/** How long the other side may go on talking to a connection that we have ended: time for it to read our answer. */
const lingerMs = 1_000;

/** Answers bytes that are no request, or not yet one. The connection is closed: nobody knows where a next request would begin. */
export function refuseUnreadable(books: Books, error: Error, socket: Socket): void {
  // What is still coming in after the answer is read and thrown away.
  if (socket.writableEnded) return;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  // A connection that the other side reset is nobody's request.
  if (code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else hangUp(socket, answerTo(books, refusalOf(code)));
}

/** Closing at once would reset the connection where the other side is still sending, and the answer would be lost on the way. */
function hangUp(socket: Socket, lastWords: string): void {
  const linger = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(linger));
  socket.end(lastWords);
}

function refusalOf(code: string): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal(408, { error: 'too_slow' });
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal(431, { error: 'headers_too_large' });
    default:
      return badRequest([{ field: 'request', problem: 'is not valid HTTP' }]);
  }
}

/** Written by hand, because what came in was no request and has no reply object. */
function answerTo(books: Books, { status, body }: Refusal): string {
  const requestId = requestIdOf({});
  const text = JSON.stringify(body);
  books.accessLog.write(requestId, 'other', status);
  books.metrics.countRequest('other', 'refused', 0);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
    `x-pod: ${books.podName}`,
    `x-request-id: ${requestId}`,
    'connection: close',
    '',
    text,
  ].join('\r\n');
}
