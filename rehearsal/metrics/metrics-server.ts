import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem } from '../../core/problem.ts';
import type { Result } from '../../core/result.ts';

/** What is served by path: its type, and the text as it is when somebody asks. */
export type Pages = { readonly [path: string]: { type: string; text(): Promise<string> } };

export interface MetricsServer {
  /** `127.0.0.1:9464` */
  readonly address: string;
  /** From now on these are served; before, there is nothing but 503. */
  serve(pages: Pages): void;
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Listens on this machine only; port 0 takes a free one. It never keeps the tool alive. */
export async function openMetricsServer(port: number): Promise<Result<MetricsServer>> {
  let pages: Pages | null = null;
  const server = createServer((request, response) => void answer(request, response, pages));
  server.on('connection', (socket) => socket.unref());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    return { ok: false, problems: [portProblem(port, error as NodeJS.ErrnoException)] };
  }
  server.unref();
  const value: MetricsServer = {
    address: `${host}:${(server.address() as AddressInfo).port}`,
    serve(given) {
      pages = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return { ok: true, value };
}

async function answer({ method, url = '/' }: IncomingMessage, response: ServerResponse, pages: Pages | null): Promise<void> {
  const page = pages?.[url.split('?')[0] as string];
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405, 'text/plain', 'GET only\n');
  if (pages === null) return end(response, 503, 'text/plain', 'the run has not begun\n');
  if (page === undefined) return end(response, 404, 'text/plain', `${Object.keys(pages).join('\n')}\n`);
  try {
    end(response, 200, page.type, await page.text());
  } catch (error) {
    end(response, 500, 'text/plain', `${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function end(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type }).end(text);
}

function portProblem(port: number, { code, message }: NodeJS.ErrnoException): Problem {
  const problem = code === 'EADDRINUSE' ? `port ${port} of ${host} is taken` : `port ${port} of ${host} cannot be used: ${message}`;
  return { place: '--metrics', problem, remedy: 'name another port, or none for a free one' };
}
