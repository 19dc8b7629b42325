/**
 * What a server answers, before it is put into RESP2 or RESP3 (the wire format of https://redis.io/docs/reference/protocol-spec).
 * All text is a *byte string*: one character per byte, codes 0..255 ("latin1"), so that binary keys and values survive.
 */
export type Reply =
  | { kind: 'simple'; text: string }
  | { kind: 'error'; text: string }
  | { kind: 'integer'; value: number | bigint }
  | { kind: 'bulk'; bytes: string }
  /** A number with a fraction, as it is written. RESP2 knows only bulk strings for it. */
  | { kind: 'double'; text: string }
  /** Text that a human reads; RESP3 marks it as such, RESP2 knows only bulk strings. */
  | { kind: 'verbatim'; text: string }
  | { kind: 'null' }
  | { kind: 'array'; items: readonly Reply[] }
  | { kind: 'set'; items: readonly Reply[] }
  | { kind: 'map'; entries: readonly (readonly [Reply, Reply])[] };

export type Protocol = 2 | 3;

/** The bytes of a reply as a byte string: maps and sets become flat arrays in RESP2, null its `$-1`. */
export function encodeReply(reply: Reply, protocol: Protocol): string {
  switch (reply.kind) {
    case 'bulk':
      return `$${reply.bytes.length}\r\n${reply.bytes}\r\n`;
    case 'simple':
      return `+${onOneLine(reply.text)}\r\n`;
    case 'error':
      return `-${onOneLine(reply.text)}\r\n`;
    case 'integer':
      return `:${reply.value}\r\n`;
    case 'double':
      return protocol === 3 ? `,${reply.text}\r\n` : `$${reply.text.length}\r\n${reply.text}\r\n`;
    case 'null':
      return protocol === 3 ? '_\r\n' : '$-1\r\n';
    case 'verbatim':
      return protocol === 3 ? `=${reply.text.length + 4}\r\ntxt:${reply.text}\r\n` : `$${reply.text.length}\r\n${reply.text}\r\n`;
    case 'array':
      return `*${reply.items.length}\r\n${encodeAll(reply.items, protocol)}`;
    case 'set':
      return `${protocol === 3 ? '~' : '*'}${reply.items.length}\r\n${encodeAll(reply.items, protocol)}`;
    case 'map':
      return encodeMap(reply.entries, protocol);
  }
}

/** At least as many bytes as `encodeReply` will make: to be asked before a string is built that no process can hold. */
export function replyBytesAtMost(reply: Reply): number {
  switch (reply.kind) {
    case 'bulk':
      return reply.bytes.length + framingBytes;
    case 'simple':
    case 'error':
    case 'verbatim':
    case 'double':
      return reply.text.length + framingBytes;
    case 'array':
    case 'set':
      return sumOf(reply.items);
    case 'map':
      return sumOf(reply.entries.flat());
    default:
      return framingBytes;
  }
}

/** Kind, a length of up to 16 digits or a number of up to 20, two line breaks, `txt:`. */
const framingBytes = 32;

export const okay: Reply = { kind: 'simple', text: 'OK' };
export const nothing: Reply = { kind: 'null' };

/** An error's first word is its code: `ERR`, `NOAUTH`, `WRONGPASS`, `NOPERM`, … */
export function error(text: string): Reply {
  return { kind: 'error', text };
}

export function simple(text: string): Reply {
  return { kind: 'simple', text };
}

export function integer(value: number | bigint): Reply {
  return { kind: 'integer', value };
}

export function bulk(bytes: string): Reply {
  return { kind: 'bulk', bytes };
}

export function verbatim(text: string): Reply {
  return { kind: 'verbatim', text };
}

export function array(items: readonly Reply[]): Reply {
  return { kind: 'array', items };
}

export function bulks(texts: readonly string[]): Reply {
  return { kind: 'array', items: texts.map(bulk) };
}

export function set(items: readonly Reply[]): Reply {
  return { kind: 'set', items };
}

/** A map whose keys are bulk strings, in the order given. */
export function map(entries: readonly (readonly [string, Reply])[]): Reply {
  return { kind: 'map', entries: entries.map(([key, value]) => [bulk(key), value]) };
}

function encodeMap(entries: readonly (readonly [Reply, Reply])[], protocol: Protocol): string {
  const head = protocol === 3 ? `%${entries.length}` : `*${entries.length * 2}`;
  return `${head}\r\n${encodeAll(entries.flat(), protocol)}`;
}

function sumOf(items: readonly Reply[]): number {
  let bytes = framingBytes;
  for (const item of items) bytes += replyBytesAtMost(item);
  return bytes;
}

function encodeAll(items: readonly Reply[], protocol: Protocol): string {
  let bytes = '';
  for (const item of items) bytes += encodeReply(item, protocol);
  return bytes;
}

/** A line feed inside a simple string or error would end it early and let a client smuggle a second reply. */
function onOneLine(text: string): string {
  return /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, ' ') : text;
}
