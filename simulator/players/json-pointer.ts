import { isRecord } from './shape.ts';

const { hasOwnProperty } = Object.prototype;

/** A way into a JSON value. */
export type Pointer = { text: string; steps: readonly string[] };

/** `/data/items/0` as steps, `''` as none (RFC 6901); the text must have been checked. */
export function pointerOf(text: string): Pointer {
  const steps = text.split('/').slice(1);
  return { text, steps: steps.map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~')) };
}

/** What lies there, or undefined where nothing does. Only a value's own members count: `/constructor` is nowhere. */
export function follow({ steps }: Pointer, root: unknown): unknown {
  let value = root;
  for (const step of steps) {
    if (Array.isArray(value)) value = /^(0|[1-9]\d{0,8})$/.test(step) ? (value as readonly unknown[])[Number(step)] : undefined;
    else if (isRecord(value) && hasOwnProperty.call(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}
