/** A reply as it was on the wire, cut out of a stream: the raw bytes (as a byte string) and what they mean. */
export type WireReply = { raw: string; value: WireValue };

export type WireValue =
  | { kind: 'text'; text: string }
  | { kind: 'error'; text: string }
  | { kind: 'integer'; value: number }
  | { kind: 'null' }
  | { kind: 'list'; items: readonly WireValue[] };

const nestingMax = 16;
const itemsMax = 1_000_000;

/** The first complete reply of a byte string, or null while it is incomplete. Throws on bytes that are no RESP. */
export function readReply(bytes: string): WireReply | null {
  const read = readValue(bytes, 0, 0);
  return read === null ? null : { raw: bytes.slice(0, read.end), value: read.value };
}

type Read = { value: WireValue; end: number };

function readValue(bytes: string, from: number, depth: number): Read | null {
  if (depth > nestingMax) throw new Error('the reply is nested too deeply');
  const lineEnd = bytes.indexOf('\r\n', from);
  if (lineEnd < 0) return null;
  const text = bytes.slice(from + 1, lineEnd);
  const end = lineEnd + 2;
  switch (bytes[from]) {
    // Doubles and big numbers of RESP3 stay as they are written: nobody here calculates with them.
    case '+':
    case ',':
    case '(':
      return { value: { kind: 'text', text }, end };
    case '-':
      return { value: { kind: 'error', text }, end };
    case ':':
      return { value: { kind: 'integer', value: Number(text) }, end };
    case '#':
      return { value: { kind: 'integer', value: text === 't' ? 1 : 0 }, end };
    case '_':
      return { value: { kind: 'null' }, end };
    case '$':
    case '=':
      return readBulk(bytes, end, Number(text));
    case '*':
    case '~':
    case '>':
      return readItems(bytes, end, Number(text), depth);
    case '%':
      return readItems(bytes, end, Number(text) * 2, depth);
    default:
      throw new Error('these bytes are no reply of a RESP server');
  }
}

function readBulk(bytes: string, from: number, length: number): Read | null {
  if (length < 0) return { value: { kind: 'null' }, end: from };
  const end = from + length + 2;
  return end > bytes.length ? null : { value: { kind: 'text', text: bytes.slice(from, from + length) }, end };
}

function readItems(bytes: string, from: number, count: number, depth: number): Read | null {
  if (count < 0) return { value: { kind: 'null' }, end: from };
  if (count > itemsMax) throw new Error('the reply has too many items');
  const items: WireValue[] = [];
  let at = from;
  while (items.length < count) {
    const item = readValue(bytes, at, depth + 1);
    if (item === null) return null;
    items.push(item.value);
    at = item.end;
  }
  return { value: { kind: 'list', items }, end: at };
}
