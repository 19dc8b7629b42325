import { systemClock } from '../../machine/system-clock.ts';
import { transportContract } from './contract.ts';
import { createSocketBench } from './socket-bench.ts';
import { createWireTransport } from './wire.ts';

transportContract('wire', () => createSocketBench(createWireTransport({ clock: systemClock })));
