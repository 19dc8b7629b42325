import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';

/** `--header 'name: value'`, several times. The value is never repeated in a message: it may be a token. */
export function readHeaders(given: readonly string[]): Result<{ [name: string]: string }> {
  const headers: { [name: string]: string } = {};
  const problems: Problem[] = [];
  for (const text of given) {
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = text.slice(colon + 1).trim();
    const place = `--header ${name === '' ? '(no name)' : name}`;
    if (isValid(name, value)) headers[name] = value;
    else problems.push({ place, problem: 'is no header', remedy: "write 'name: value'" });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: headers };
}

function isValid(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
