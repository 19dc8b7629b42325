import { useCompileCache } from '../../machine/compile-cache.ts';

useCompileCache();
const { playAsTold } = await import('./players-process.ts');
playAsTold();
