/** Tables that are there from the start, by name: none here. A script for k6 brings its own along (simulator/k6/bundle.ts). */
export const broughtAlong: readonly (readonly [name: string, table: readonly number[]])[] = [];
