import type { ScriptFacts } from '../script-facts.ts';

/** Stands in for what `bundle.ts` writes in its place: the facts of one scenario, and the pool of bodies as JSON text. */
export declare const facts: ScriptFacts;
export declare const poolText: string;
