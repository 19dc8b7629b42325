import type { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';

/** What became of bytes that were to leave. `whole`: the kernel has them. `partly`: Node keeps the rest. `refused`: it has none of them. */
export type Taken = 'whole' | 'partly' | 'refused';

/** What lies below a socket of Node, as far as it is of use here. */
type Handle = {
  writeBuffer(request: object, bytes: Uint8Array): number;
  writeQueueSize: number;
  onread: (this: Handle, bytes?: ArrayBuffer) => unknown;
  reader?: Reader;
};

/** Whoever is told how many bytes lie in the buffer that the socket was given to read into. */
export interface Reader {
  read(size: number): unknown;
}

/** A write that Node has to finish later on. */
type Rest = { handle: Handle; socket: Socket; bytes: Uint8Array; oncomplete: (this: Rest, status: number) => void };

/** Of Node's own: how it makes a `Rest`, and what its last call came to. */
type Below = { WriteWrap: new () => object; streamBaseState: Int32Array; kLastWriteWasAsync: number; kReadBytesOrError: number };

type WithHandle = Socket & { _handle?: Handle | null };

/**
 * Out of a socket and into it by the shortest way: a request is one write that the kernel takes whole, and what a stream keeps in mind
 * for each (an object for the write, its place in a queue, callbacks) is for others. Where Node has no such way, or not as it is known
 * here, the stream does it.
 */
export class Hatch {
  /** Why it was refused. */
  code = '';
  private readonly below: Below | null;
  /** Node keeps none of it but where it has to finish a write; then it is given away. */
  private spare: object;
  /** What Node does with a read: all of ends and errors is left to it. */
  private streamRead: Handle['onread'] = nothing;
  private readonly onRead: Handle['onread'];

  /** `below`: null where there is nothing but streams. */
  constructor(below = belowOfNode()) {
    this.below = below;
    this.spare = below === null ? {} : new below.WriteWrap();
    this.onRead = below === null ? nothing : this.readerOf(below);
  }

  /** Whether there is a shorter way than the stream. */
  get isShort(): boolean {
    return this.below !== null;
  }

  write(socket: Socket, bytes: Uint8Array): Taken {
    const { below, spare } = this;
    const { _handle: handle } = socket as WithHandle;
    if (below === null || !handle) return this.writeAsStream(socket, bytes);
    const error = handle.writeBuffer(spare, bytes);
    if (error !== 0) return this.refuse(getSystemErrorName(error));
    if (below.streamBaseState[below.kLastWriteWasAsync] === 0) return 'whole';
    // Named here, it stays in memory until it has left.
    Object.assign(spare, { handle, socket, bytes, oncomplete: onRestWritten } satisfies Rest);
    this.spare = new below.WriteWrap();
    return 'partly';
  }

  /** From now on `reader` hears of what comes, and not the socket; of a socket that reads into a buffer that it was given. */
  listen(socket: Socket, reader: Reader): void {
    const { _handle: handle } = socket as WithHandle;
    if (this.below === null || !handle || typeof handle.onread !== 'function') return;
    this.streamRead = handle.onread;
    handle.reader = reader;
    handle.onread = this.onRead;
  }

  /** Whether all that was written is out by now. */
  isEmpty(socket: Socket): boolean {
    return socket.writableLength === 0 && ((socket as WithHandle)._handle?.writeQueueSize ?? 0) === 0;
  }

  /** One function for all sockets. */
  private readerOf({ streamBaseState, kReadBytesOrError }: Below): Handle['onread'] {
    const hatch = this;
    return function onRead(bytes) {
      const size = streamBaseState[kReadBytesOrError] as number;
      if (size > 0) this.reader?.read(size);
      else return hatch.streamRead.call(this, bytes);
    };
  }

  private writeAsStream(socket: Socket, bytes: Uint8Array): Taken {
    socket.write(bytes);
    if (socket.errored !== null) return this.refuse(codeOf(socket.errored));
    return socket.writableLength === 0 ? 'whole' : 'partly';
  }

  private refuse(code: string): Taken {
    this.code = code;
    return 'refused';
  }
}

export function codeOf(error: Error & { code?: string }): string {
  return error.code ?? error.message;
}

function onRestWritten(this: Rest, status: number): void {
  if (status < 0) this.socket.destroy(Object.assign(new Error('the rest was not written'), { code: getSystemErrorName(status) }));
}

/** Null where this Node is another one than expected. */
function belowOfNode(): Below | null {
  try {
    const found = (process as unknown as { binding(name: string): Partial<Below> }).binding('stream_wrap');
    const { WriteWrap, streamBaseState, kLastWriteWasAsync, kReadBytesOrError } = found;
    if (typeof WriteWrap !== 'function' || !(streamBaseState instanceof Int32Array)) return null;
    if (typeof kLastWriteWasAsync !== 'number' || typeof kReadBytesOrError !== 'number') return null;
    return { WriteWrap, streamBaseState, kLastWriteWasAsync, kReadBytesOrError };
  } catch {
    return null;
  }
}

function nothing(): void {}
