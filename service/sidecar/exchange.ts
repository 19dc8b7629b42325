import { STATUS_CODES } from 'node:http';
import type { Operation } from '../operations/metrics.ts';
import type { Painting } from './painting.ts';

/** A request as both lanes hand it on. */
export type SidecarRequest = {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  /** Only good until the first `await`: the lane reuses its bytes. */
  readonly body: Buffer;
  readonly contentType: string | null;
  readonly requestId: string | null;
  /** W3C trace context, as the caller gave it. */
  readonly traceparent: string | null;
  /** What the caller's own time-out leaves for the whole chain from here on; null where it did not say. */
  readonly budgetMs: number | null;
  readonly arrivedAtMs: number;
};

export type SidecarAnswer = {
  readonly operation: Operation;
  readonly status: number;
  readonly requestId: string;
  readonly contentType: string;
  /** The bytes of the body, as a string one character each (latin1). What is answered at once is painted before the next request. */
  readonly body: string | Painting;
  /** A good answer without anything in it. */
  readonly isEmpty: boolean;
  /** Further headers, from the main process. */
  readonly headers: { readonly [name: string]: string };
  /** The connection ends with it: whoever asks again had better ask another pod. */
  readonly isLast: boolean;
};

export interface Answerer {
  /** Never rejects. What is known is answered at once, without a promise. */
  answer(request: SidecarRequest): SidecarAnswer | Promise<SidecarAnswer>;
}

export const jsonType = 'application/json; charset=utf-8';
const noHeaders = {};

export function jsonAnswer(operation: Operation, requestId: string, status: number, body: string | Painting): SidecarAnswer {
  return { operation, status, requestId, contentType: jsonType, body, isEmpty: false, headers: noHeaders, isLast: false };
}

export type Manners = { readonly podName: string; readonly connection: 'keep-alive' | 'close' };

/** The head of an answer whose body has so many bytes, one character a byte. */
export function headOf(answer: SidecarAnswer, bodyBytes: number, { podName, connection }: Manners): string {
  const { status, contentType, requestId, headers } = answer;
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${contentType}\r\ncontent-length: ${bodyBytes}\r\n`;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  return `${head}x-pod: ${podName}\r\nx-request-id: ${requestId}\r\nconnection: ${connection}\r\n\r\n`;
}
