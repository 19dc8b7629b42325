import { Pool } from 'undici';
import { z } from 'zod';
import {
  type Container,
  type ContainerEvent,
  containerSchema,
  eventSchema,
  type LabelledThing,
  labelledSchema,
  listedSchema,
} from './answers.ts';
import { fileIn } from './tar.ts';

/** The Docker Engine API, as much of it as a rehearsal needs, over the engine's own socket. Rejects with EngineError. */
export interface Engine {
  readonly address: string;
  /** The engine's own version, or null where nobody answers. */
  version(): Promise<string | null>;
  /** Ids of all containers with that label, running or not. */
  containers(label: string): Promise<readonly string[]>;
  /** Null where there is no such container. */
  inspect(id: string): Promise<Container | null>;
  /** Starts it; nothing happens where it runs already. */
  start(id: string): Promise<void>;
  /** A text file out of the container, through the engine: its volumes included. */
  readFile(id: string, path: string): Promise<string>;
  /** What its process printed, both streams in order, the newest lines at most. */
  logs(id: string, linesMax: number): Promise<string>;
  /** Calls back for each event of such containers until the signal; resolves when the stream has ended, whatever ended it. */
  events(label: string, heard: (event: ContainerEvent) => void, signal: AbortSignal): Promise<void>;
  /** Containers, networks and volumes with that label, containers first, by force. Says how many containers there were. */
  removeAll(label: string): Promise<number>;
  close(): Promise<void>;
}

export class EngineError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'EngineError';
    this.status = status;
  }
}

/** Of dockerd 20.10. An engine that has given it up is asked in the oldest version that it still speaks: what we read is the same. */
const apiVersion = '1.41';
const answersWithinMs = 10_000;
const connectionsMax = 8;

type Query = { [name: string]: string | readonly string[] };

export function engineAt(address: string): Engine {
  const connect = address.startsWith('unix://') ? { socketPath: address.slice('unix://'.length) } : {};
  const origin = address.startsWith('unix://') ? 'http://localhost' : address.replace(/^tcp:/, 'http:');
  const limits = { headersTimeout: answersWithinMs, bodyTimeout: answersWithinMs, connections: connectionsMax };
  const pool = new Pool(origin, { connect: { ...connect, timeout: answersWithinMs }, ...limits });
  let asked: Promise<string> | null = null;
  const spoken = () => {
    asked ??= spokenVersion(pool);
    // Asked anew by the next one: the engine may only just be coming up.
    asked.catch(() => {
      asked = null;
    });
    return asked;
  };

  async function call(method: 'GET' | 'POST' | 'DELETE', path: string, query: Query = {}): Promise<Buffer> {
    const { statusCode, body } = await pool.request({ method, path: `/v${await spoken()}${path}${search(query)}` });
    const bytes = Buffer.from(await body.arrayBuffer());
    if (statusCode >= 400) throw new EngineError(statusCode, messageOf(bytes, statusCode));
    return bytes;
  }

  const read = async <T>(schema: z.ZodType<T>, path: string, query?: Query): Promise<T> =>
    schema.parse(parsed(await call('GET', path, query)));
  const labelled = (label: string) => ({ filters: JSON.stringify({ label: [label] }) });
  const containers = async (label: string) =>
    (await read(z.array(listedSchema), '/containers/json', { all: 'true', ...labelled(label) })).map(({ Id }) => Id);

  async function removeAll(label: string): Promise<number> {
    const ids = await containers(label);
    await Promise.all(ids.map((id) => gone(call('DELETE', `/containers/${id}`, { force: 'true', v: 'true' }))));
    const networks = await read(z.array(labelledSchema), '/networks', labelled(label));
    const { Volumes } = await read(z.object({ Volumes: z.array(labelledSchema).nullable() }), '/volumes', labelled(label));
    await Promise.all(networks.map((each) => gone(call('DELETE', `/networks/${nameOf(each)}`))));
    await Promise.all((Volumes ?? []).map((each) => gone(call('DELETE', `/volumes/${nameOf(each)}`, { force: 'true' }))));
    return ids.length;
  }

  return {
    address,
    version: () =>
      read(z.object({ Version: z.string() }), '/version')
        .then(({ Version }) => Version)
        .catch(() => null),
    containers,
    inspect: (id) => read(containerSchema, `/containers/${id}/json`).catch(unlessMissing),
    start: async (id) => void (await call('POST', `/containers/${id}/start`)),
    readFile: async (id, path) => fileIn(await call('GET', `/containers/${id}/archive`, { path })),
    logs: async (id, linesMax) =>
      textOf(await call('GET', `/containers/${id}/logs`, { stdout: 'true', stderr: 'true', tail: String(linesMax) })),
    async events(label, heard, signal) {
      const query = { filters: JSON.stringify({ label: [label], type: ['container'], event: ['die', 'oom', 'start'] }) };
      const { body } = await pool.request({
        method: 'GET',
        path: `/v${await spoken()}/events${search(query)}`,
        bodyTimeout: 0,
        signal,
      });
      await eachLine(body, (line) => heard(eventSchema.parse(JSON.parse(line))));
    },
    removeAll,
    close: () => pool.destroy(),
  };
}

async function spokenVersion(pool: Pool): Promise<string> {
  const { statusCode, body } = await pool.request({ method: 'GET', path: '/version' });
  if (statusCode !== 200) throw new EngineError(statusCode, 'is no Docker engine');
  const { MinAPIVersion } = z.object({ MinAPIVersion: z.string().regex(/^1\.\d+$/) }).parse(await body.json());
  return minorOf(MinAPIVersion) > minorOf(apiVersion) ? MinAPIVersion : apiVersion;
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function search(query: Query): string {
  const words = new URLSearchParams(query as { [name: string]: string }).toString();
  return words === '' ? '' : `?${words}`;
}

function parsed(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'));
}

function messageOf(bytes: Buffer, status: number): string {
  try {
    return z.object({ message: z.string() }).parse(parsed(bytes)).message;
  } catch {
    return `the engine answered ${status}`;
  }
}

function nameOf({ Id, Name }: LabelledThing): string {
  return encodeURIComponent(Id ?? Name);
}

/** What somebody else has removed meanwhile is gone too. */
async function gone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error) => {
    if (!(error instanceof EngineError) || (error.status !== 404 && !/already in progress/.test(error.message))) throw error;
  });
}

function unlessMissing(error: unknown): null {
  if (error instanceof EngineError && error.status === 404) return null;
  throw error;
}

/** Each piece of a log has a head of eight bytes: which stream, and how long. */
function textOf(bytes: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at + 4);
    parts.push(bytes.toString('utf8', at + 8, at + 8 + length));
    at += 8 + length;
  }
  return parts.join('');
}

async function eachLine(body: AsyncIterable<Buffer>, take: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const piece of body) {
    const lines = (rest + piece.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') take(line);
  }
}
