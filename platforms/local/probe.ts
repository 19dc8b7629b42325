import { get, type IncomingMessage } from 'node:http';

export type ProbeLimits = { timeoutMs: number; signal: AbortSignal };

/** A scrape is some 20 KB; a pod that sends megabytes must not fill our memory. */
const bodyBytesMax = 1_048_576;

/** Whether the pod answers 2xx in time, over a connection of its own: a probe must feel what a new player would feel. Never rejects. */
export async function probe(url: string, limits: ProbeLimits): Promise<boolean> {
  return (await answerOf(url, limits)) !== null;
}

/** The body of a 2xx answer that came whole and in time, else null. Never rejects. */
export function answerOf(url: string, { timeoutMs, signal }: ProbeLimits): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal, headers: { 'user-agent': 'launchstorm-probe' } }, (response) => {
      readBody(response, (body) => {
        clearTimeout(deadline);
        resolve(isSuccess(response.statusCode) ? body : null);
      });
    });
    // Node's own `timeout` counts silence, a slow drip would pass for ever.
    const deadline = setTimeout(() => request.destroy(), timeoutMs);
    request.on('close', () => {
      clearTimeout(deadline);
      resolve(null);
    });
    request.on('error', () => {});
  });
}

function readBody(response: IncomingMessage, ended: (body: string) => void): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  response.on('data', (part: Buffer) => {
    bytes += part.length;
    parts.push(part);
    if (bytes > bodyBytesMax) response.destroy();
  });
  response.on('end', () => ended(Buffer.concat(parts).toString('utf8')));
  response.on('error', () => {});
}

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
