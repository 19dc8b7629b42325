/** Where a number comes from: somebody has measured it, it follows from what was measured, or we assume it and say why. */
export type Basis = { basis: 'sourced' | 'derived' | 'assumed'; source: string };

export function sourced(source: string): Basis {
  return { basis: 'sourced', source };
}

export function derived(source: string): Basis {
  return { basis: 'derived', source };
}

export function assumed(source: string): Basis {
  return { basis: 'assumed', source };
}
