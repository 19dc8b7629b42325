import { Socket, type SocketConstructorOpts } from 'node:net';

/**
 * What came on any connection, until whoever hears of it has returned. By itself Node makes a buffer of 64 KB for each read and cuts it
 * to length: a tenth of what a request costs here, and most of what is collected after it.
 */
const arrivals = Buffer.allocUnsafeSlow(64 * 1_024);

/** Whether these bytes are written over by the next read. */
export function arePassing(bytes: Uint8Array): boolean {
  return bytes.buffer === arrivals.buffer;
}

/**
 * The same connection with reads into one piece of memory. Node has that for connections that one opens (`onread`), not for those that a
 * server accepts, so the connection is taken out of the one socket and put into another. That property is Node's own, and not in its
 * documents: where it is missing the socket stays as it is, and reads into memory of its own.
 */
export function withSharedReads(accepted: Socket, hear: (bytes: Buffer) => void): Socket {
  const donor = accepted as unknown as { _handle?: object | null };
  const handle = donor._handle;
  if (handle === null || handle === undefined) return accepted.on('data', hear).resume();
  donor._handle = null;
  accepted.destroy();
  const callback = (length: number): boolean => {
    hear(arrivals.subarray(0, length));
    return true;
  };
  return new Socket({ handle, onread: { buffer: arrivals, callback } } as SocketConstructorOpts);
}
