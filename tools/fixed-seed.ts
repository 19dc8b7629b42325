import { configureGlobal } from 'fast-check';

/**
 * Property tests draw the same cases every time, so that a red run is red again. Another seed:
 * `LAUNCHSTORM_TEST_SEED=17 npm test`. A failing property prints its seed and path besides.
 */
const seed = Number(process.env['LAUNCHSTORM_TEST_SEED'] ?? 20_260_717);
if (!Number.isSafeInteger(seed)) throw new Error('LAUNCHSTORM_TEST_SEED is not an integer; write for example LAUNCHSTORM_TEST_SEED=17');

configureGlobal({ seed });
