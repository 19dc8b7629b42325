import { always, listOf, objectOf, oneOf, type Schema, word } from './schema.ts';

const id: Schema = { type: 'string', pattern: '^[!-~]{1,64}$' };
const pod: Schema = { type: 'string', pattern: '^[!-~]{0,63}$' };

/** On every answer, whatever it says. */
export const answerHeaders: Schema = {
  'x-pod': { required: true, description: 'Which pod answered.', schema: pod },
  'x-request-id': { required: true, description: 'The id under which the logs know this request.', schema: id },
};

const badField = objectOf({ field: word, problem: word });
const withId = (error: string): Schema => objectOf({ error: always(error), requestId: id });
const only = (error: string): Schema => objectOf({ error: always(error) });

/** Every answer other than 2xx that the service gives, by name. */
export const refusals = {
  BadRequest: refusal(
    'Names every bad field in `fields`; the field `request` means that what came in was no HTTP.',
    objectOf({ error: always('bad_request'), fields: listOf(badField, [1, 32]) }),
  ),
  NotFound: refusal(
    'No such world, treasure or route.',
    objectOf({ error: always('not_found'), what: oneOf(['world', 'treasure', 'route']) }),
  ),
  MethodNotAllowed: refusal('The route is there, but not for this method; the header says for which.', only('method_not_allowed'), {
    allow: { required: true, schema: { type: 'string', enum: ['GET', 'POST'] } },
  }),
  TooSlow: refusal('The request did not come in within 10 s; the connection is closed.', only('too_slow')),
  TooLarge: refusal('The body is too large (`bodyBytesMax` at /configz).', only('too_large')),
  UnsupportedMediaType: refusal('The body is not said to be application/json.', only('unsupported_media_type')),
  HeadersTooLarge: refusal('Address and headers together are larger than 16 KiB; the connection is closed.', only('headers_too_large')),
  Internal: refusal('A fault of the service; its log has more under this id.', withId('internal')),
  Timeout: refusal('The work took longer than it may (`requestTimeoutMs` at /configz).', withId('timeout')),
} as const;

export type RefusalName = keyof typeof refusals;

export function refer(name: RefusalName): Schema {
  return { $ref: `#/components/responses/${name}` };
}

function refusal(description: string, schema: Schema, headers: Schema = {}): Schema {
  return { description, headers: { ...answerHeaders, ...headers }, content: { 'application/json': { schema } } };
}
