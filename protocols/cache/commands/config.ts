import type { Reply } from '../../resp/reply.ts';
import { bulk, error, map, okay } from '../../resp/reply.ts';
import { wholeNumber } from '../../resp/request-parser.ts';
import { replaceDefaultPassword } from '../acl/directory.ts';
import type { CacheState, Call, Command } from '../command.ts';
import { matchesGlob } from '../glob.ts';
import { limits, maxMemoryBytesBounds } from '../limits.ts';
import { emptyTraffic } from '../statistics.ts';

export const configCommands: readonly Command[] = [
  { name: 'config|get', arity: -3, run: get },
  { name: 'config|set', arity: -4, run: setParameters },
  { name: 'config|resetstat', arity: 2, run: resetStatistics },
  { name: 'config|rewrite', arity: 2, run: () => error('ERR The server is running without a config file') },
];

/** One parameter; without `write` it cannot be changed. `check` says what is wrong with a value, or null. */
type Parameter = {
  read(state: CacheState): string;
  check?(value: string): string | null;
  write?(state: CacheState, value: string): void;
};

const memoryProblem = 'argument must be a memory value';

const parameters: { [name: string]: Parameter } = {
  requirepass: {
    read: (state) => state.settings.requirepass,
    write: (state, value) => {
      // The real server compares with what it remembers and not with the ACL: after an ACL change the same value changes nothing.
      if (value === state.settings.requirepass) return;
      state.settings.requirepass = value;
      replaceDefaultPassword(state.directory, value);
    },
  },
  maxmemory: {
    read: (state) => String(state.keyspace.maxBytes),
    check: checkMemory,
    write: (state, value) => state.keyspace.limit(memoryBytes(value) as number),
  },
  maxclients: {
    read: (state) => String(state.settings.clientsMax),
    check: (value) => {
      const count = wholeNumber(value);
      if (count === null) return "argument couldn't be parsed into an integer";
      return count >= 1 && count <= limits.clientsMax ? null : `argument must be between 1 and ${limits.clientsMax} inclusive`;
    },
    write: (state, value) => {
      state.settings.clientsMax = Number(value);
    },
  },
  'maxmemory-policy': { read: () => 'allkeys-lru' },
  'proto-max-bulk-len': { read: () => String(limits.request.bulkBytesMax) },
  port: { read: (state) => String(state.port) },
  bind: { read: () => '127.0.0.1' },
  databases: { read: () => '1' },
  timeout: { read: () => '0' },
  save: { read: () => '' },
  appendonly: { read: () => 'no' },
  aclfile: { read: () => '' },
  masterauth: { read: () => '' },
  masteruser: { read: () => '' },
};

function get({ state, words }: Call): Reply {
  const patterns = words.slice(2);
  const found = new Map<string, string>();
  for (const pattern of patterns) {
    const wanted = pattern.toLowerCase();
    for (const [name, parameter] of Object.entries(parameters)) {
      // A name without wildcards is given back as it was written.
      if (matchesGlob(wanted, name)) found.set(wanted === name ? pattern : name, parameter.read(state));
    }
  }
  return map([...found].map(([name, value]) => [name, bulk(value)]));
}

/** All parameters or none. */
function setParameters({ state, words }: Call): Reply {
  if (words.length % 2 !== 0) return error("ERR wrong number of arguments for 'config|set' command");
  const changes: { parameter: Parameter; value: string }[] = [];
  const seen = new Set<string>();
  for (let at = 2; at < words.length; at += 2) {
    const [name, value] = [(words[at] as string).toLowerCase(), words[at + 1] as string];
    const parameter = Object.hasOwn(parameters, name) ? (parameters[name] as Parameter) : null;
    if (parameter === null) return error(`ERR Unknown option or number of arguments for CONFIG SET - '${words[at]}'`);
    const problem = seen.has(name) ? 'duplicate parameter' : checkChange(parameter, value);
    if (problem !== null) return error(`ERR CONFIG SET failed (possibly related to argument '${words[at]}') - ${problem}`);
    seen.add(name);
    changes.push({ parameter, value });
  }
  for (const { parameter, value } of changes) parameter.write?.(state, value);
  return okay;
}

function checkChange(parameter: Parameter, value: string): string | null {
  if (parameter.write === undefined) return "can't set immutable config";
  return parameter.check?.(value) ?? null;
}

function resetStatistics({ state }: Call): Reply {
  Object.assign(state.statistics, emptyTraffic());
  Object.assign(state.keyspace, { hits: 0, misses: 0, expired: 0, evicted: 0 });
  return okay;
}

function checkMemory(value: string): string | null {
  const bytes = memoryBytes(value);
  if (bytes === null) return memoryProblem;
  const { least, most } = maxMemoryBytesBounds;
  return bytes >= least && bytes <= most ? null : `argument must be between ${least} and ${most} inclusive`;
}

const unitBytes = new Map<string, number>(
  Object.entries({
    '': 1,
    b: 1,
    k: 1000,
    kb: 1024,
    m: 1_000_000,
    mb: 1024 * 1024,
    g: 1_000_000_000,
    gb: 1024 * 1024 * 1024,
  }),
);

/** `64mb`, `100k`, `1048576`; null for anything else. */
function memoryBytes(text: string): number | null {
  const parts = /^(\d{1,15})([a-z]*)$/i.exec(text);
  const unit = parts === null ? undefined : unitBytes.get((parts[2] as string).toLowerCase());
  return unit === undefined ? null : Number(parts?.[1]) * unit;
}
