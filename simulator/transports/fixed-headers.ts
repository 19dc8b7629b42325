import { validateHeaderName, validateHeaderValue } from './header-rules.ts';

export type Headers = { readonly [name: string]: string };

/** What every request says, and what one with a body says besides, as name and value in turn. The user's word goes first. */
export type FixedHeaders = { always: readonly string[]; withBody: readonly string[] };

export function fixedHeaders(headers: Headers): FixedHeaders {
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  const has = (wanted: string) => Object.keys(headers).some((name) => name.toLowerCase() === wanted);
  return {
    always: [...Object.entries(headers).flat(), ...(has('accept') ? [] : ['accept', 'application/json'])],
    withBody: has('content-type') ? [] : ['content-type', 'application/json'],
  };
}
