import type { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';

/** What became of bytes that were to leave. `whole`: the kernel has them. `partly`: Node keeps the rest. `refused`: it has none of them. */
export type Taken = 'whole' | 'partly' | 'refused';

/** What lies below a socket of Node, as far as it is of use here. */
type Handle = { writeBuffer(request: object, bytes: Uint8Array): number; writeQueueSize: number };

/** A write that Node has to finish later on. */
type Rest = { handle: Handle; socket: Socket; bytes: Uint8Array; oncomplete: (this: Rest, status: number) => void };

/** Of Node's own: how it makes a `Rest`, and what its last call came to. */
type Below = { WriteWrap: new () => object; streamBaseState: Int32Array; kLastWriteWasAsync: number };

type WithHandle = Socket & { _handle?: Handle | null };

/**
 * Out of a socket by the shortest way: a request is one write that the kernel takes whole, and what a stream keeps in mind for each
 * (an object for the write, its place in a queue, callbacks) takes as long as half of the kernel's work. Where Node has no such way, or
 * not as it is known here, the stream does it.
 */
export class Hatch {
  /** Why it was refused. */
  code = '';
  private readonly below: Below | null;
  /** Node keeps none of it but where it has to finish a write; then it is given away. */
  private spare: object;

  /** `below`: null where there is nothing but streams. */
  constructor(below = belowOfNode()) {
    this.below = below;
    this.spare = below === null ? {} : new below.WriteWrap();
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

  /** Whether all that was written is out by now. */
  isEmpty(socket: Socket): boolean {
    return socket.writableLength === 0 && ((socket as WithHandle)._handle?.writeQueueSize ?? 0) === 0;
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
    const { WriteWrap, streamBaseState, kLastWriteWasAsync } = found;
    if (typeof WriteWrap !== 'function' || !(streamBaseState instanceof Int32Array) || typeof kLastWriteWasAsync !== 'number') return null;
    return { WriteWrap, streamBaseState, kLastWriteWasAsync };
  } catch {
    return null;
  }
}
