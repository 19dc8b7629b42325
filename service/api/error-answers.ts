import { OutOfTime } from './budget.ts';
import { badRequest, Refusal } from './refusals.ts';

/** The answer to whatever was thrown while a request was worked on. Only `internal` is our own fault, and worth a line in the log. */
export function answerOf(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof OutOfTime) return new Refusal(503, { error: 'timeout', requestId });
  return frameworkAnswer(error as Framed) ?? new Refusal(500, { error: 'internal', requestId });
}

/** What the web framework throws before a handler is reached. */
type Framed = { statusCode?: unknown; code?: unknown };

function frameworkAnswer(error: Framed): Refusal | null {
  const status = typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 400 || status >= 500) return null;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Refusal(413, { error: 'too_large' });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Refusal(415, { error: 'unsupported_media_type' });
    case 'FST_ERR_BAD_URL':
      return badRequest([{ field: 'url', problem: 'is not a valid address' }]);
    default:
      return status === 400 ? badRequest([{ field: 'body', problem: 'is not valid JSON' }]) : new Refusal(status, { error: 'refused' });
  }
}
