import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Before the tool's first file (`--import`): what strips the types of one that no cache knows takes longer to load than Node itself.
 * Plain JavaScript for that very reason. The same folder as in machine/compile-cache.ts; where it cannot be written, nothing is cached.
 */
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/launchstorm', import.meta.url)));
