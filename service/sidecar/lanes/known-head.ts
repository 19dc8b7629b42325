import { type PlainHead, readPlainHead } from './head.ts';

/** What a client changes from request to request; all else that it says is the same each time. */
const changing = [
  { name: 'x-request-id', kind: 'word' },
  { name: 'traceparent', kind: 'word' },
  { name: 'x-budget-ms', kind: 'digits' },
  { name: 'content-length', kind: 'digits' },
] as const;

type Slot = (typeof changing)[number];
type Method = PlainHead['method'];

/** A head that was read in full, with the places of what changes: `pieces[0]` target `pieces[1]` slot `pieces[2]` slot … */
type Pattern = { readonly head: PlainHead; readonly slots: readonly Slot['name'][]; readonly pieces: readonly Uint8Array[] };

/** Longer heads are read in full each time. */
const bytesMax = 2_048;
const digitsMax = 7;
/** Where no head is like the one before, only one in so many is learnt. */
const missesMax = 64;
const [space, slash, tilde, zero, nine] = [0x20, 0x2f, 0x7e, 0x30, 0x39];

/**
 * Heads of requests, told by what the last one of the same method said. What is byte for byte as it was, but for the target and the
 * values that each request has of its own, means what it meant. To read a head in full takes longer than to answer most requests.
 */
export class KnownHeads {
  /** Where the body of the head that was read last begins. */
  bodyAt = 0;
  private readonly patterns: { [method in Method]: Pattern | null } = { GET: null, POST: null };
  private misses = 0;

  /** Null for a head that is not like the last one, or not whole. */
  recognise(bytes: Buffer): PlainHead | null {
    const pattern = this.patterns[bytes[0] === 0x47 ? 'GET' : 'POST'];
    return pattern === null ? null : this.match(pattern, bytes);
  }

  /** Reads it in full; null where it is not plain. */
  read(bytes: Buffer, headBytes: number): PlainHead | null {
    const text = bytes.toString('latin1', 0, headBytes);
    const head = readPlainHead(text);
    this.bodyAt = headBytes;
    if (head !== null && headBytes <= bytesMax && this.misses++ % missesMax === 0) this.patterns[head.method] = patternOf(text, head);
    return head;
  }

  private match({ head, slots, pieces }: Pattern, bytes: Buffer): PlainHead | null {
    const targetFrom = afterPiece(pieces[0] as Uint8Array, bytes, 0);
    if (targetFrom < 0 || bytes[targetFrom] !== slash) return null;
    const targetTo = wordEnd(bytes, targetFrom);
    let at = afterPiece(pieces[1] as Uint8Array, bytes, targetTo);
    let { bodyBytes, requestId, traceparent, budgetMs } = head;
    for (let slot = 0; slot < slots.length; slot++) {
      const from = at;
      if (from < 0) return null;
      const name = slots[slot];
      const isNumber = name === 'content-length' || name === 'x-budget-ms';
      at = isNumber ? digitsEnd(bytes, from) : wordEnd(bytes, from);
      if (at === from) return null;
      if (name === 'content-length') bodyBytes = numberIn(bytes, from, at);
      else if (name === 'x-budget-ms') budgetMs = numberIn(bytes, from, at);
      else if (name === 'x-request-id') requestId = bytes.toString('latin1', from, at);
      else traceparent = bytes.toString('latin1', from, at);
      at = afterPiece(pieces[slot + 2] as Uint8Array, bytes, at);
    }
    if (at < 0 || at > bytesMax) return null;
    this.bodyAt = at;
    const { method, contentType } = head;
    return { method, target: bytes.toString('latin1', targetFrom, targetTo), bodyBytes, contentType, requestId, traceparent, budgetMs };
  }
}

/** Null where what changes is not in the plainest form. */
function patternOf(text: string, head: PlainHead): Pattern | null {
  const found = changing.flatMap(({ name, kind }) => {
    // A body in a GET is none: its length stays what it was.
    if (name === 'content-length' && head.method === 'GET') return [];
    const line = new RegExp(`\\r\\n${name}:[ \\t]*(${kind === 'digits' ? `\\d{1,${digitsMax}}` : '[!-~]+'})[ \\t]*\\r\\n`, 'id').exec(text);
    return line === null ? [] : [{ name, place: line.indices?.[1] as [number, number] }];
  });
  const inOrder = found.sort((one, other) => one.place[0] - other.place[0]);
  const targetFrom = head.method.length + 1;
  const places = [[targetFrom, targetFrom + head.target.length] as const, ...inOrder.map(({ place }) => place)];
  const edges = [0, ...places.flat(), text.length];
  const pieces = Array.from({ length: edges.length / 2 }, (_unused, n) =>
    Buffer.from(text.slice(edges[2 * n], edges[2 * n + 1]), 'latin1'),
  );
  return { head, slots: inOrder.map(({ name }) => name), pieces };
}

/** Where the piece ends that begins there; -1 where there is another one. */
function afterPiece(piece: Uint8Array, bytes: Uint8Array, at: number): number {
  if (at < 0 || at + piece.length > bytes.length) return -1;
  for (let index = 0; index < piece.length; index++) if (bytes[at + index] !== piece[index]) return -1;
  return at + piece.length;
}

function wordEnd(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + bytesMax);
  let at = from;
  while (at < limit && (bytes[at] as number) > space && (bytes[at] as number) <= tilde) at++;
  return at;
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + digitsMax);
  let at = from;
  while (at < limit && (bytes[at] as number) >= zero && (bytes[at] as number) <= nine) at++;
  return at;
}

function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = 10 * number + (bytes[at] as number) - zero;
  return number;
}
