import { sharedAheadMs } from '../../machine/shared-clock.ts';
import { systemClock } from '../../machine/system-clock.ts';
import type { AnswerMessage, OrderMessage } from './orders.ts';
import { createPerformer } from './performer.ts';
import { transportOf } from './way.ts';

/** A process of players: plays its part of the crowd, hears orders from the pipe, and goes when nobody holds the other end. */
export function playAsTold(): void {
  const performer = createPerformer({
    clock: systemClock,
    sharedAheadMs: sharedAheadMs(),
    transportOf: (way) => transportOf(way, systemClock),
  });
  process.on('message', (order: OrderMessage) => {
    performer.obey(order).then(
      (answer) => say({ id: order.id, answer }),
      (error: unknown) => say({ id: order.id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}

function say(message: AnswerMessage): void {
  if (process.connected) process.send?.(message);
}
