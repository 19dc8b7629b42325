import { signalSuite } from './fixtures/signal-suite.ts';

signalSuite(Array.from({ length: 20 }, (_, nth) => nth + 1));
