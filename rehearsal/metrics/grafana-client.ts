import { request } from 'undici';
import type { GrafanaPlace } from './onlooker-wishes.ts';

/** Times are epoch milliseconds; an annotation with a `timeEnd` is shown as a band. */
export type Annotation = { time: number; timeEnd?: number; tags: readonly string[]; text: string };

/** Grafana's annotations over its HTTP API (https://grafana.com/docs/grafana/latest/developers/http_api/annotations/). */
export interface GrafanaClient {
  /** `POST /api/annotations`: resolves with the id. Rejects with a reason for people. */
  add(annotation: Annotation): Promise<number>;
  /** `PATCH /api/annotations/:id` */
  end(id: number, timeEnd: number): Promise<void>;
}

const withinMs = 3_000;
const reasonMax = 200;

export function createGrafanaClient({ url, token }: GrafanaPlace): GrafanaClient {
  const send = async (method: 'POST' | 'PATCH', path: string, body: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' };
    const signal = AbortSignal.timeout(withinMs);
    const answer = await request(`${url}${path}`, { method, headers, body: JSON.stringify(body), signal });
    const text = await answer.body.text();
    if (answer.statusCode === 200) return JSON.parse(text);
    throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${withoutToken(text, token).slice(0, reasonMax)}`);
  };
  return {
    async add(annotation) {
      const { id } = (await send('POST', '/api/annotations', annotation)) as { id?: unknown };
      if (typeof id === 'number') return id;
      throw new Error('POST /api/annotations was answered without an id');
    },
    async end(id, timeEnd) {
      await send('PATCH', `/api/annotations/${id}`, { timeEnd });
    },
  };
}

/** Whoever answers may repeat what it was asked with. */
function withoutToken(text: string, token: string): string {
  return text.replaceAll(token, '…');
}
