import { connect } from 'node:net';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';

export type Target = { origin: string; basePath: string; host: string; port: number; loopback: boolean };

const connectMsMax = 3000;

/** Where `load` plays: `http://127.0.0.1:8080` with an optional base path. */
export function readTarget(text: string | undefined): Result<Target> {
  const refuse = (problem: string, remedy = 'write for example http://127.0.0.1:8080'): Result<Target> => ({
    ok: false,
    problems: [{ place: text ?? 'URL', problem, remedy }],
  });
  if (text === undefined) return refuse('the URL to load is missing');
  if (!URL.canParse(text)) return refuse('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(`has the scheme ${url.protocol}`, 'use http:// or https://');
  if (url.username !== '' || url.password !== '') return refuse('holds credentials', "use --header 'authorization: …'");
  if (url.search !== '' || url.hash !== '') return refuse('has a query or fragment', 'give origin and base path only');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { ok: true, value: { origin: url.origin, basePath: url.pathname.replace(/\/$/, ''), host, port, loopback: isLoopback(host) } };
}

/** The whole of 127.0.0.0/8, ::1 and the name localhost. */
export function isLoopback(host: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(host) || host === '::1' || host === 'localhost';
}

/** Whether somebody listens there: a run against nobody is a mistake in the command, not a measurement. */
export async function reachProblems(target: Target): Promise<readonly Problem[]> {
  const failure = await tryConnect(target);
  if (failure === null) return [];
  return [{ place: `${target.origin}`, problem: `nobody answers: ${failure}`, remedy: 'start the target, or check host and port' }];
}

function tryConnect({ host, port }: Target): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (failure: string | null) => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(connectMsMax, () => end(`no connection within ${connectMsMax} ms`));
    socket.once('connect', () => end(null));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
