import { rotationSuite } from './fixtures/rotation-suite.ts';

rotationSuite('real');
