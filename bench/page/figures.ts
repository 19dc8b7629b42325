/** Middle value; the lower one of two. Null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

export function range(values: readonly number[]): { from: number; to: number } | null {
  return values.length === 0 ? null : { from: Math.min(...values), to: Math.max(...values) };
}

/** `112,345`, `9.8`, `0.13`: three digits that mean something. */
export function short(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** `9,500 – 10,200`, or the one value there is. */
export function shortRange(values: readonly number[]): string {
  const ends = range(values);
  if (ends === null) return '–';
  return values.length === 1 ? short(ends.from) : `${short(ends.from)} – ${short(ends.to)}`;
}
