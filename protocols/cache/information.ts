import type { CacheState } from './command.ts';

/** What this server calls itself in reports and INFO. A dummy says so: whoever looks at it must not take it for a lock. */
export function engineName(takesAnyPassword: boolean): string {
  return takesAnyPassword ? 'embedded cache server (dummy: takes any password)' : 'embedded cache server';
}

/** The version of the real server whose answers it gives, for clients that look before they ask. */
export const compatibleVersion = '7.0.15';

type Section = (state: CacheState) => readonly (readonly [string, string | number])[];

/** Names of fields are the protocol's, so that every client finds them; only what is measured here is listed. */
const sections: { [name: string]: Section } = {
  Server: (state) => [
    ['redis_version', compatibleVersion],
    ['server_name', engineName(state.directory.takesAnyPassword)],
    ['redis_mode', 'standalone'],
    ['process_id', state.processId],
    ['tcp_port', state.port],
    ['server_time_usec', Math.floor(state.clock.wallMs() * 1000)],
    ['uptime_in_seconds', Math.floor((state.clock.nowMs() - state.startedAtMs) / 1000)],
  ],
  Clients: (state) => [
    ['connected_clients', state.sessions.size],
    ['maxclients', state.settings.clientsMax],
    ['blocked_clients', 0],
  ],
  Memory: (state) => [
    ['used_memory', state.keyspace.usedBytes],
    ['used_memory_rss', process.memoryUsage.rss()],
    ['maxmemory', state.keyspace.maxBytes],
    ['maxmemory_policy', 'allkeys-lru'],
    ['mem_clients_normal', clientBytes(state)],
  ],
  Persistence: () => [['loading', 0]],
  Stats: (state) => [
    ['total_connections_received', state.statistics.connectionsReceived],
    ['total_commands_processed', state.statistics.commandsProcessed],
    ['total_net_input_bytes', state.statistics.bytesIn],
    ['total_net_output_bytes', state.statistics.bytesOut],
    ['rejected_connections', state.statistics.connectionsRejected],
    ['client_limit_disconnections', state.statistics.clientsOverLimit],
    ['expired_keys', state.keyspace.expired],
    ['evicted_keys', state.keyspace.evicted],
    ['keyspace_hits', state.keyspace.hits],
    ['keyspace_misses', state.keyspace.misses],
    ['acl_access_denied_auth', state.statistics.deniedLogins],
    ['acl_access_denied_cmd', state.statistics.deniedCommands],
    ['acl_access_denied_key', state.statistics.deniedKeys],
    ['total_error_replies', state.statistics.errorReplies],
  ],
  Replication: () => [
    ['role', 'master'],
    ['connected_slaves', 0],
  ],
  Keyspace: (state) => (state.keyspace.size === 0 ? [] : [['db0', `keys=${state.keyspace.size}`]]),
};

const everything = new Set(['all', 'default', 'everything']);

/** The text of INFO: every section, or those named in any case; unknown ones are left out. */
export function describeServer(state: CacheState, wanted: readonly string[]): string {
  const names = wanted.map((name) => name.toLowerCase());
  const all = names.length === 0 || names.some((name) => everything.has(name));
  return Object.entries(sections)
    .filter(([name]) => all || names.includes(name.toLowerCase()))
    .map(
      ([name, section]) =>
        `# ${name}\r\n${section(state)
          .map(([field, value]) => `${field}:${value}\r\n`)
          .join('')}`,
    )
    .join('\r\n');
}

function clientBytes(state: CacheState): number {
  let bytes = 0;
  for (const session of state.sessions.values()) bytes += session.heldBytes + session.unreadBytes;
  return bytes;
}
