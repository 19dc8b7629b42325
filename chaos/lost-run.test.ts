import { lostRunSuite } from './fixtures/lost-run-suite.ts';

lostRunSuite('embedded', 3);
