import { readFileSync } from 'node:fs';
import { clear, rule } from '../../players/content.ts';
import { isTextAt, textOf } from '../../players/json-scanner.ts';
import type { Answer, Ask } from '../../players/player.ts';
import { readBuffer, readMemory } from '../../transports/read-memory.ts';

/** The little that is used of a namespace that the types of Node leave out. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: unknown };
};

/** What `src/lib.rs` exports: how many treasures, spawns or tiles there are, or -1. Addresses are those of the memory, in bytes. */
type Exports = {
  found_address(): number;
  scan_treasures(from: number, to: number): number;
  scan_spawns(from: number, to: number): number;
  scan_map(from: number, to: number): number;
};

/** The scan of useful answers where sockets read them: it reads what `players/scan.ts` reads, several times as fast. */
class ScanModule {
  private readonly exports: Exports;
  /** Where the buffer begins. */
  private readonly base = readBuffer.byteOffset;
  private readonly numbers: Float64Array;
  private readonly places: Int32Array;

  constructor(program: Uint8Array, memory: { readonly buffer: ArrayBuffer }) {
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(program), { env: { memory } }).exports as Exports;
    const address = this.exports.found_address();
    this.numbers = new Float64Array(memory.buffer, address, 3);
    this.places = new Int32Array(memory.buffer, address + 24, 2);
  }

  isUseful(ask: Ask, from: number, to: number, answer: Answer): boolean {
    switch (ask.kind) {
      case 'search':
        return this.findsTreasures(from, to, answer);
      case 'spawns':
        answer.count = this.exports.scan_spawns(this.base + from, this.base + to);
        return answer.count > 0 && this.isNamed(ask.treasureId);
      case 'biome':
        answer.count = this.exports.scan_map(this.base + from, this.base + to);
        return answer.count > 0 && this.isNamed(ask.world) && this.isMapOf(ask, answer.count);
      default:
        return false;
    }
  }

  private findsTreasures(from: number, to: number, answer: Answer): boolean {
    const { base, numbers, places } = this;
    answer.count = this.exports.scan_treasures(base + from, base + to);
    if (answer.count <= 0) return false;
    answer.treasureId = textOf(readBuffer, (places[0] as number) - base, (places[1] as number) - base);
    answer.x = numbers[0] as number;
    answer.y = numbers[1] as number;
    answer.z = numbers[2] as number;
    return true;
  }

  private isMapOf({ x, z, size }: Ask, count: number): boolean {
    const { numbers } = this;
    return numbers[0] === x && numbers[1] === size && numbers[2] === z && count === size * size;
  }

  private isNamed(name: string): boolean {
    const { base, places } = this;
    return isTextAt(name, readBuffer, (places[0] as number) - base, (places[1] as number) - base);
  }
}

/** One for the process, as its memory is. */
const compiled = compiledScan();

/** Null where there is no WebAssembly, or none with the wide looks: then every answer is scanned in the usual way. */
function compiledScan(): ScanModule | null {
  if (readMemory === null) return null;
  const program = readFileSync(new URL('scan.wasm', import.meta.url));
  return WebAssembly.validate(program) ? new ScanModule(program, readMemory) : null;
}

/** Whether a 200 that lies in `bytes` surely is of use; then `answer` is filled. What it is not sure of, `scan` has to look at. */
export function isUseful(ask: Ask, { bytes, from, to }: { bytes: Uint8Array; from: number; to: number }, answer: Answer): boolean {
  if (compiled === null || bytes !== readBuffer) return false;
  clear(answer);
  answer.status = 200;
  if (!compiled.isUseful(ask, from, to, answer)) return false;
  rule(answer, 'ok', '');
  return true;
}
