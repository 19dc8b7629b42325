import { cacheProcessSuite } from './launch/contract.ts';

// Needs redis-server or valkey-server on the PATH.
cacheProcessSuite('real', /^(?:redis|valkey)-server \d+\.\d+\.\d+$/);
