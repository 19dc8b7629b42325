import { z } from 'zod';
import { durationMs } from '../core/duration.ts';

/** A length of time in a scenario. */
export const durationRow = z
  .string()
  .refine((text) => durationMs(text) !== null, { error: 'is no duration -> write for example 250ms, 15s or 2m' })
  .describe('a duration: 250ms, 15s, 2m, 1h');

/** One that takes time, in milliseconds at least `minMs`. */
export const lastingRow = (minMs: number) =>
  durationRow.refine((text) => (durationMs(text) ?? minMs) >= minMs, { error: `is too short -> at least ${minMs / 1000}s` });
