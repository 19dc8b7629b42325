import type { Clock } from '../../core/clock.ts';
import { castOf } from '../engine/cast.ts';
import { createEngine, type EngineOptions, type LocalEngine } from '../engine/engine-of-crowd.ts';
import type { Transport } from '../transports/transport.ts';
import type { OrderMessage, Part } from './orders.ts';
import type { Way } from './way.ts';

export type PerformerOptions = {
  clock: Clock;
  /** What the clock that all processes share says more than ours, ms. */
  sharedAheadMs: number;
  transportOf: (way: Way) => Promise<Transport>;
  vitals?: EngineOptions['vitals'];
};

/** Plays a part of the crowd as it is told to, order by order. */
export interface Performer {
  obey(order: OrderMessage): Promise<unknown>;
}

type Stage = { engine: LocalEngine; transport: Transport };

export function createPerformer(options: PerformerOptions): Performer {
  let stage: Promise<Stage> | null = null;
  return {
    async obey(order) {
      // The orders that follow wait for it, and for nothing else: none of them is held up by a slow one.
      if (order.name === 'prepare') stage = stageOf(order.asked, options);
      if (stage === null) throw new RangeError('Nothing has been prepared to play.');
      return perform(order, await stage, options);
    },
  };
}

async function perform(order: OrderMessage, { engine, transport }: Stage, { sharedAheadMs }: PerformerOptions): Promise<unknown> {
  switch (order.name) {
    case 'prepare':
      return null;
    case 'start':
      engine.startAt(order.asked.atMs - sharedAheadMs);
      return null;
    case 'route':
      transport.route(order.asked);
      return null;
    case 'cut':
      return engine.cutAt(order.asked.atMs, order.asked.isLast);
    case 'figures':
      return engine.figures(order.asked.fromMs, order.asked.toMs);
    case 'examples':
      return engine.examples(order.asked.fromMs, order.asked.toMs);
    case 'halt':
      await engine.halt();
      return engine.nowMs();
    case 'end':
      engine.endAt(order.asked.atMs);
      return null;
    case 'close':
      await transport.close();
      return null;
    default:
      return engine[order.name]();
  }
}

async function stageOf({ crowd, way, ...castOptions }: Part, { clock, transportOf, vitals }: PerformerOptions): Promise<Stage> {
  const transport = await transportOf(way);
  const cast = castOf(crowd, castOptions);
  return { transport, engine: createEngine({ clock, transport, cast, ...(vitals === undefined ? {} : { vitals }) }) };
}
