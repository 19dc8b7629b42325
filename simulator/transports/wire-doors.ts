import { Fifo } from './fifo.ts';
import type { Connection } from './wire-connection.ts';

/**
 * So many connections are opened at the same time; the others wait in order. A server that accepts slowly has a short queue (nginx:
 * 511), and a connection that finds it full is tried again by the kernel after a whole second.
 */
const dialsMax = 256;

export class Doors {
  private readonly queue = new Fifo<Connection>();
  private dials = 0;

  enter(connection: Connection): void {
    this.queue.push(connection);
    this.dialNext();
  }

  /** One of those being opened stands, or will never do. */
  dialled(): void {
    this.dials -= 1;
    this.dialNext();
  }

  private dialNext(): void {
    while (this.dials < dialsMax) {
      const connection = this.queue.shift();
      if (connection === undefined) return;
      if (connection.state !== 'queued') continue;
      this.dials += 1;
      connection.dial();
    }
  }
}
