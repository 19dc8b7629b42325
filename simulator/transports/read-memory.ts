/** The little that is used of a namespace that the types of Node leave out; where code must not be made at run time there is none. */
declare const WebAssembly: { Memory: new (pages: { initial: number; maximum: number }) => SharedPages } | undefined;
type SharedPages = { readonly buffer: ArrayBuffer };

/** As much as the kernel hands over at once; most answers come whole in one read. */
const readBytes = 65_536;

/**
 * The memory of whoever looks at answers where they were read (simulator/engine/scan-wasm). It never grows: that would take the bytes
 * away from under the sockets. One page is the onlooker's, one is read into, and a look that begins in it may end in the last one.
 * Null where there is none to be had.
 */
export const readMemory = threePages();

/** Every socket of the process reads into it: what is in it is gone with the next read of any of them. */
export const readBuffer = readMemory === null ? Buffer.alloc(readBytes) : Buffer.from(readMemory.buffer, 65_536, readBytes);

function threePages(): SharedPages | null {
  if (typeof WebAssembly === 'undefined') return null;
  try {
    return new WebAssembly.Memory({ initial: 3, maximum: 3 });
  } catch {
    // Of the addresses around it V8 keeps gigabytes free, and a limit on them (`ulimit -v`) may forbid that.
    return null;
  }
}
