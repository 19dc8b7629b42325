import { lostRunSuite } from './fixtures/lost-run-suite.ts';

// LAUNCHSTORM_TEST_ROUNDS=50 for the figures; a few are enough to notice that something broke.
lostRunSuite('real', Number(process.env['LAUNCHSTORM_TEST_ROUNDS'] ?? 12));
