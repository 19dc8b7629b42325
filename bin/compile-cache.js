import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Before the tool's first file (`--import`): what strips the types of one that no cache knows takes longer to load than Node itself.
 * Plain JavaScript for that very reason. The same folder as in machine/compile-cache.ts; where it cannot be written, nothing is cached.
 */
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/launchstorm', import.meta.url)));

/**
 * zod brings its messages in sixty languages, one file each, and loads all of them whatever is imported of it: a quarter of what a command
 * waits for. English comes by another way, and nobody here asks for the others.
 */
const otherLanguages = /\/node_modules\/zod\/v4\/locales\/index\.js$/;

registerHooks({
  load: (url, context, next) =>
    otherLanguages.test(url) ? { format: 'module', source: 'export {};', shortCircuit: true } : next(url, context),
});
