import { readFile, stat } from 'node:fs/promises';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { validateHeaderName, validateHeaderValue } from '../simulator/transports/header-rules.ts';

/** Names in lower case. Values may be tokens: no message, report or command line ever repeats one. */
export type Headers = { readonly [name: string]: string };

/** The connection's own business, or ours: setting them would break the request, or the way from the report to it. */
const notYours = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade', 'expect', 'x-request-id'];

const fileBytesMax = 65_536;

/** `--headers-file FILE` and then `--header 'name: value'`, which wins where both name the same. Every problem at once. */
export async function readHeaders(
  given: readonly string[],
  file?: string,
): Promise<Result<{ headers: Headers; notes: readonly string[] }>> {
  const fromFile = file === undefined ? nothing : await readHeadersFile(file);
  const fromFlags = parse(given.map((text) => ({ text, place: '--header' })));
  const problems = [...fromFile.problems, ...fromFlags.problems];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { headers: { ...fromFile.headers, ...fromFlags.headers }, notes: fromFile.notes } };
}

type Read = { headers: Headers; problems: readonly Problem[]; notes: readonly string[] };

const nothing: Read = { headers: {}, problems: [], notes: [] };

/** One `name: value` a line; empty lines and lines that begin with # are left out. */
async function readHeadersFile(path: string): Promise<Read> {
  const refuse = (problem: string, remedy: string): Read => ({
    ...nothing,
    problems: [{ place: `--headers-file ${path}`, problem, remedy }],
  });
  try {
    const { mode, size } = await stat(path);
    if (size > fileBytesMax) return refuse(`has ${size} bytes`, `at most ${fileBytesMax}: one header a line`);
    const lines = (await readFile(path, 'utf8')).split(/\r?\n/).map((text, index) => ({ text, place: `${path}:${index + 1}` }));
    return { ...parse(lines.filter(({ text }) => text.trim() !== '' && !text.startsWith('#'))), notes: modeNotes(path, mode) };
  } catch (error) {
    const { code = 'cannot be read' } = error as NodeJS.ErrnoException;
    return refuse(`cannot be read (${code})`, 'name a file with one `name: value` a line');
  }
}

function modeNotes(path: string, mode: number): readonly string[] {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return [];
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  return [`${path} can be read by others on this machine (mode ${shown}): chmod 600 ${path}`];
}

function parse(lines: readonly { text: string; place: string }[]): Read {
  const headers: { [name: string]: string } = {};
  const problems: Problem[] = [];
  for (const { text, place } of lines) {
    const { name, value } = split(text);
    const fault = faultOf(name, value) ?? (name in headers ? { problem: 'is there twice', remedy: 'write it once' } : null);
    if (fault === null) headers[name] = value;
    else problems.push({ place: name === '' ? place : `${place} ${name}`, ...fault });
  }
  return { headers, problems, notes: [] };
}

function split(text: string): { name: string; value: string } {
  const colon = text.indexOf(':');
  return { name: text.slice(0, Math.max(0, colon)).trim().toLowerCase(), value: text.slice(colon + 1).trim() };
}

function faultOf(name: string, value: string): Omit<Problem, 'place'> | null {
  if (notYours.includes(name)) return { problem: 'is set by the connection or by launchstorm itself', remedy: 'leave it out' };
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return null;
  } catch {
    return { problem: 'is no header', remedy: "write 'name: value'" };
  }
}
