import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Result } from '../core/result.ts';

/** `--ca FILE`: certificates in PEM to trust instead of the well-known ones; undefined where no file is named. */
export async function readCertificates(path: string | undefined): Promise<Result<string | undefined>> {
  if (path === undefined) return { ok: true, value: undefined };
  const refuse = (problem: string): Result<string | undefined> => ({
    ok: false,
    problems: [{ place: `--ca ${path}`, problem, remedy: 'name a file with one or more PEM certificates' }],
  });
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string') return refuse(`cannot be read (${text.code ?? text.message})`);
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) return refuse('holds no certificate');
  return blocks.every(isCertificate) ? { ok: true, value: blocks.join('\n') } : refuse('holds a certificate that cannot be read');
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).fingerprint256 !== '';
  } catch {
    return false;
  }
}
