import { readFileSync } from 'node:fs';

/** The little that is used of a namespace that the types of Node leave out. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

/** What `src/lib.rs` exports. Addresses and lengths are in bytes. */
type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  input_address(): number;
  input_bytes(): number;
  output_address(): number;
  query_address(): number;
  configure(seedLow: number, seedHigh: number): void;
  read_search(length: number): number;
  find_candidates(): number;
  answer(length: number): number;
};

/**
 * What a search looks for, in the module's own words: world, x, z, radius, least rank of rarity, limit, biomes as bits (-1 for all),
 * and where the ids of request and session stand in the body: first byte and length of each.
 */
export type Query = Int32Array;
export const queryWords = 11;

/** The desk's output holds the longest answer several times over: 20 treasures of 10 things each are some 10 KB. */
const outputBytes = 64 * 1_024;

const program = new WebAssembly.Module(readFileSync(new URL('search.wasm', import.meta.url)));

/**
 * The search in WebAssembly. Bytes go in and out through a desk in the module's memory, which never grows. Whatever is put on it,
 * the answer is one of the treasure API's, or null for what somebody else has to judge.
 */
export class SearchModule {
  private readonly exports: Exports;
  private readonly input: Buffer;
  private readonly output: Buffer;
  private readonly query: Int32Array;

  constructor(worldSeed: number) {
    this.exports = new WebAssembly.Instance(program).exports as Exports;
    const { buffer } = this.exports.memory;
    this.input = Buffer.from(buffer, this.exports.input_address(), this.exports.input_bytes());
    this.output = Buffer.from(buffer, this.exports.output_address(), outputBytes);
    this.query = new Int32Array(buffer, this.exports.query_address(), queryWords);
    this.exports.configure(worldSeed >>> 0, Math.floor(worldSeed / 0x1_0000_0000));
  }

  /** What a body asks for; null where it is not the plain form of a good search. */
  read(body: Uint8Array): Query | null {
    if (body.length > this.input.length) return null;
    this.input.set(body);
    return this.exports.read_search(body.length) < 0 ? null : this.query.slice();
  }

  /** What everybody in the query's cell shares, as printable text; null for a query that makes no sense. */
  findCandidates(query: Query): string | null {
    this.query.set(query);
    const length = this.exports.find_candidates();
    return length < 0 ? null : this.output.toString('latin1', 0, length);
  }

  /**
   * The answer's JSON; null for candidates that are not credible. It stands in the module's memory and is good until the next call:
   * send it or copy it.
   */
  answer(query: Query, candidates: string): Buffer | null {
    if (candidates.length > this.input.length) return null;
    this.query.set(query);
    this.input.write(candidates, 'latin1');
    const length = this.exports.answer(candidates.length);
    return length < 0 ? null : this.output.subarray(0, length);
  }

  get memoryBytes(): number {
    return this.exports.memory.buffer.byteLength;
  }
}
