import { defineConfig } from 'vitest/config';

/** Tiers by file name: `x.test.ts`, `x.ci.test.ts`, `x.long.test.ts`. `node tools/tier.ts` runs one of them as a project. */
const tests = (name: string, include: readonly string[], exclude: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: ['**/node_modules/**', '**/runs/**', '**/dist/**', ...exclude] },
});

export default defineConfig({
  test: {
    // Tests start processes and open ports: a worker of their own process keeps handles and signals apart.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    setupFiles: ['tools/fixed-seed.ts'],
    projects: [
      tests('test', ['**/*.test.ts'], ['**/*.ci.test.ts', '**/*.long.test.ts']),
      tests('ci', ['**/*.ci.test.ts'], []),
      tests('long', ['**/*.long.test.ts'], []),
    ],
  },
});
