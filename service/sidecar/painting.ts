import type { Socket } from 'node:net';

/** A long body that is written down where it is sent from. Returns where it ends. */
export type Painting = { readonly bytesMax: number; paint(into: Buffer, from: number): number };

/** The body by itself, for whoever sends it in another way. */
export function painted({ bytesMax, paint }: Painting): Buffer {
  const canvas = Buffer.allocUnsafe(bytesMax);
  return canvas.subarray(0, paint(canvas, 0));
}

/** Bytes that somebody else writes over soon: to be sent at once, or copied (`painted`). */
export function copyOf(bytes: Buffer): Painting {
  return { bytesMax: bytes.length, paint: (into, from) => from + bytes.copy(into, from) };
}

/** No head that we write is longer: ids have 64 characters, and further headers only come with bodies of the main process. */
const headRoom = 4_096;

/** The bytes that paintings are sent from, one after the other. */
export class Canvas {
  private bytes = Buffer.allocUnsafeSlow(headRoom + 65_536);

  /** `headOf` hears how long the body has become; its text is put right before it, so that both are one write. */
  send(socket: Socket, body: string | Painting, headOf: (bodyBytes: number) => string): void {
    const bytesMax = typeof body === 'string' ? body.length : body.bytesMax;
    if (headRoom + bytesMax > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(headRoom + bytesMax);
    const end = typeof body === 'string' ? headRoom + this.bytes.write(body, headRoom, 'latin1') : body.paint(this.bytes, headRoom);
    const head = headOf(end - headRoom);
    const start = headRoom - head.length;
    this.bytes.write(head, start, 'latin1');
    socket.write(this.bytes.subarray(start, end));
    // What the kernel has not taken is still to be sent from these bytes: they are not ours any more.
    if (socket.writableLength > 0) this.bytes = Buffer.allocUnsafeSlow(this.bytes.length);
  }
}
