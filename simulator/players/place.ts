/** A point of a world, in blocks. */
export type Place = { x: number; y: number; z: number };

export const worlds: readonly string[] = ['verdania', 'emberfall', 'nimbus'];

/** A world's edges in blocks, both included; the service refuses anything outside with 400. */
export const edge = { min: -32_000, max: 31_999 };
export const height = { min: -64, max: 319 };

/** The whole block nearest to `x` (or `z`) that lies inside the world. */
export function inside(x: number): number {
  return clamp(x, edge.min, edge.max);
}

/** The same for a height. */
export function insideHeight(y: number): number {
  return clamp(y, height.min, height.max);
}

function clamp(value: number, min: number, max: number): number {
  const whole = Math.floor(value);
  return whole < min ? min : whole > max ? max : whole;
}
