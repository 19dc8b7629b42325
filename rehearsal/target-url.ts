import { BlockList, isIP } from 'node:net';
import type { Result } from '../core/result.ts';

/** Where a service is that was there before us: an origin and an optional base path without trailing slash. */
export type Target = { origin: string; basePath: string; host: string; port: number; secure: boolean };

/** `http://127.0.0.1:8080`, `https://staging.example.com/game`, `http://[::1]:8080`. */
export function readTarget(text: string | undefined, place = 'URL'): Result<Target> {
  const refuse = (problem: string, remedy = 'write for example http://127.0.0.1:8080'): Result<Target> => ({
    ok: false,
    problems: [{ place: text === undefined || mayHoldSecrets(text) ? place : text, problem, remedy }],
  });
  if (text === undefined) return refuse('the URL is missing');
  if (!URL.canParse(text)) return refuse('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(`has the scheme ${url.protocol}`, 'use http:// or https://');
  if (url.username !== '' || url.password !== '')
    return refuse('holds credentials', "leave them out; use --headers-file with 'authorization: …'");
  if (url.search !== '' || url.hash !== '') return refuse('has a query or fragment', 'give origin and base path only');
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return { ok: true, value: { origin: url.origin, basePath: url.pathname.replace(/\/+$/, ''), host: bare(url.hostname), port, secure } };
}

/** The whole of 127.0.0.0/8, also as seen from IPv6, and ::1. Of addresses: a name is whatever it leads to. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** A URL that is refused is not repeated where somebody may have put a password or a token into it. */
function mayHoldSecrets(text: string): boolean {
  return /[@?#]/.test(text);
}
