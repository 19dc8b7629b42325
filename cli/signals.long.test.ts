import { signalSuite } from './fixtures/signal-suite.ts';

signalSuite(Array.from({ length: 500 }, (_, nth) => nth + 101));
