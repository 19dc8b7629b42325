import { Fifo } from './fifo.ts';
import type { Connection } from './wire-connection.ts';
import type { Seat } from './wire-seat.ts';

/** Who gets which connection. */
export interface Lines {
  /** Has the seat's exchange sent: at once, or as soon as there is a connection for it. */
  carry(seat: Seat, nowMs: number): void;
  /** Its exchange has ended, and it may carry another one. */
  freed(connection: Connection, nowMs: number): void;
  /** It is closed, whatever it carried. */
  closed(connection: Connection, nowMs: number): void;
  /** Closes those that nobody uses. */
  closeIdle(): void;
}

/** Begins a connection for that seat; null, and the seat is told, where no endpoint is ready. */
export type Open = (seat: Seat, nowMs: number) => Connection | null;

/** Every player has a connection, and keeps it while it thinks. */
export function ownLines(open: Open): Lines {
  return {
    carry(seat, nowMs) {
      if (seat.connection !== null) seat.connection.send();
      else seat.connection = open(seat, nowMs);
    },
    freed() {},
    closed({ seat }) {
      if (seat !== null) seat.connection = null;
    },
    closeIdle() {},
  };
}

/**
 * So many connections for all players together, as behind a proxy. Who finds none free waits in order, and that is part of the
 * latency; a wait that has ended otherwise (`turn` has passed) is skipped.
 */
export function sharedLines(open: Open, connectionsMax: number): Lines {
  const free = new Fifo<Connection>();
  const waiting = new Fifo<{ seat: Seat; turn: number }>();
  let connections = 0;

  function carry(seat: Seat, nowMs: number): void {
    const connection = nextFree();
    if (connection !== undefined) {
      connection.seat = seat;
      seat.connection = connection;
      connection.send();
    } else if (connections < connectionsMax) {
      seat.connection = open(seat, nowMs);
      if (seat.connection !== null) connections += 1;
    } else waiting.push({ seat, turn: seat.turn });
  }

  function nextFree(): Connection | undefined {
    let connection = free.shift();
    while (connection?.state === 'closed') connection = free.shift();
    return connection;
  }

  function carryNext(nowMs: number): void {
    let next = waiting.shift();
    while (next !== undefined && (next.seat.turn !== next.turn || next.seat.state !== 'waiting')) next = waiting.shift();
    if (next !== undefined) carry(next.seat, nowMs);
  }

  function unbind(connection: Connection): void {
    if (connection.seat !== null) connection.seat.connection = null;
    connection.seat = null;
  }

  return {
    carry,
    freed(connection, nowMs) {
      unbind(connection);
      free.push(connection);
      carryNext(nowMs);
    },
    closed(connection, nowMs) {
      unbind(connection);
      connections -= 1;
      carryNext(nowMs);
    },
    closeIdle() {
      for (let connection = free.shift(); connection !== undefined; connection = free.shift()) connection.close();
    },
  };
}
