import { useCompileCache } from '../machine/compile-cache.ts';

useCompileCache();
const { runMain } = await import('./run-main.ts');
await runMain();
