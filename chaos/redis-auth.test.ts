import { rotationSuite } from './fixtures/rotation-suite.ts';

rotationSuite('embedded');
