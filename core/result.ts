import type { Problem } from './problem.ts';

/** Either a value or every problem that stood in its way; never both, never the first problem only. */
export type Result<T> = { ok: true; value: T } | { ok: false; problems: readonly Problem[] };
