const mask = '***';

/** The same text without any of the secrets, in whatever shape they got there. */
export function masked(text: string, secrets: readonly string[]): string {
  return secrets.flatMap(shapesOf).reduce((rest, shape) => rest.replaceAll(shape, mask), text);
}

/** As it is, in a URL, in JSON, in a log of JSON, and as Basic authentication and Kubernetes have it. */
export function shapesOf(secret: string): readonly string[] {
  if (secret === '') return [];
  const json = inJson(secret);
  const bytes = Buffer.from(secret, 'utf8');
  return [...new Set([secret, encodeURIComponent(secret), json, inJson(json), bytes.toString('base64'), bytes.toString('base64url')])];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
