import type { Clock } from '../../core/clock.ts';
import { RequestWriter } from './request-writer.ts';
import type { RequestSource } from './transport.ts';
import type { Connection } from './wire-connection.ts';
import type { WireEndpoint } from './wire-endpoint.ts';

/**
 * So many requests wait for each other at most. At full speed that is a part of what a turn of the loop brings, and the first of them
 * waits a tenth of a millisecond.
 */
const requestsMax = 32;

/**
 * Requests that leave together, when all answers of a turn of the loop have been heard or as soon as there are enough of them. Each
 * write wakes a server that has nothing to do, and waking somebody on another core costs as much as half a request; one who still has
 * the request before in front of him is awake. Where a turn brings one answer, its request leaves in the same turn.
 */
export class Outbox {
  private readonly clock: Clock;
  private readonly writer = new RequestWriter();
  private readonly connections: Connection[] = [];
  private readonly requests: Uint8Array[] = [];
  private count = 0;
  private isCalled = false;
  private isFlushing = false;
  private readonly onTurn = (): void => {
    this.isCalled = false;
    this.flush();
  };

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Requests to such an endpoint have to fit. */
  makeRoomFor(endpoint: WireEndpoint): void {
    this.writer.makeRoomFor(endpoint);
  }

  /** Writes the request down; the connection is asked to send it within this turn of the loop. */
  put(connection: Connection, request: RequestSource): void {
    if ((this.count >= requestsMax || !this.writer.hasRoom) && !this.isFlushing) this.flush();
    this.requests[this.count] = this.writer.write(connection.endpoint, request);
    this.connections[this.count] = connection;
    this.count += 1;
    if (this.isCalled) return;
    this.isCalled = true;
    setImmediate(this.onTurn);
  }

  /** Also of what is put down meanwhile: in place of a request that could not be sent. */
  private flush(): void {
    const { connections, requests, writer, clock } = this;
    let isLent = false;
    this.isFlushing = true;
    for (let index = 0; index < this.count; index++) {
      isLent = !(connections[index] as Connection).write(requests[index] as Uint8Array, clock.nowMs()) || isLent;
    }
    this.isFlushing = false;
    this.count = 0;
    // What the kernel has not taken yet is read from this memory later on.
    if (isLent) writer.giveAway();
    else writer.rewind();
  }
}
