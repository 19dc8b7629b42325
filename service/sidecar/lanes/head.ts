/** The head of a plain request: what nearly all players send. */
export type PlainHead = {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly bodyBytes: number;
  readonly contentType: string | null;
  readonly requestId: string | null;
  readonly traceparent: string | null;
  readonly budgetMs: number | null;
};

/** The whole head in plain ASCII: no folded lines, no bare line ends, no space before a colon. */
const plainShape = /^(GET|POST) (\/[!-~]*) HTTP\/1\.1\r\n(?:[\w!#$%&'*+.^`|~-]+:[\t -~]*\r\n)*\r\n$/;
/** Whatever changes how a request is to be read, or what is expected beyond its answer. */
const unusualNames = new Set(['transfer-encoding', 'expect', 'upgrade', 'content-encoding', 'trailer', 'te']);

/** Null for every head that is not plain; a full HTTP server then reads the same bytes again. */
export function readPlainHead(text: string): PlainHead | null {
  const shape = plainShape.exec(text);
  if (shape === null) return null;
  const fields = fieldsOf(text);
  if (fields === null || !fields.has('host')) return null;
  const length = fields.get('content-length') ?? null;
  const method = shape[1] as 'GET' | 'POST';
  if (!isKeptAlive(fields) || !isPlainLength(method, length)) return null;
  const contentType = fields.get('content-type') ?? null;
  if (method === 'POST' && !/^application\/json\b/.test(contentType ?? '')) return null;
  return {
    method,
    target: shape[2] as string,
    bodyBytes: Number(length ?? 0),
    contentType,
    requestId: fields.get('x-request-id') || null,
    traceparent: fields.get('traceparent') ?? null,
    budgetMs: budgetOf(fields.get('x-budget-ms') ?? null),
  };
}

/** What a caller leaves for the rest of the chain, in whole milliseconds; nonsense is as if nothing was said. */
export function budgetOf(text: string | null): number | null {
  return text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null;
}

/** Null where a name comes twice, or is unusual. */
function fieldsOf(text: string): Map<string, string> | null {
  const fields = new Map<string, string>();
  let at = text.indexOf('\r\n') + 2;
  for (let end = text.indexOf('\r\n', at); end > at; end = text.indexOf('\r\n', at)) {
    const colon = text.indexOf(':', at);
    const name = text.slice(at, colon).toLowerCase();
    if (fields.has(name) || unusualNames.has(name)) return null;
    fields.set(name, text.slice(colon + 1, end).trim());
    at = end + 2;
  }
  return fields;
}

function isKeptAlive(fields: ReadonlyMap<string, string>): boolean {
  const connection = fields.get('connection');
  return connection === undefined || connection.toLowerCase() === 'keep-alive';
}

function isPlainLength(method: string, length: string | null): boolean {
  if (length === null) return method === 'GET';
  return method === 'GET' ? length === '0' : /^\d{1,7}$/.test(length);
}
