/** Files to start from, and what is still to be done by hand. Paths from the folder in which they are written. */
export type Starter = {
  files: readonly { path: string; text: string }[];
  /** In the order in which to do it; a row or a command to type stands on a line of its own. */
  next: readonly string[];
};

/** `night-owl` -> `nightOwl`. */
export function identifierOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_hyphen, letter: string) => letter.toUpperCase());
}

/** `night-owl` -> `Night owl`. */
export function titleOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
}

/** As the formatter wants it: quotes only where they are needed. */
export function keyOf(name: string): string {
  return name === identifierOf(name) ? name : `'${name}': ${identifierOf(name)}`;
}
