import { biomeAnswer, emptyChest, fullChest, paths, searchAnswer, spawnsAnswer } from './answers.ts';

export type NginxSettings = {
  /** Everything of this server lies here: pid, logs, temporary files. */
  folder: string;
  host: string;
  port: number;
  statusPort: number;
  connectionsMax: number;
  /**
   * `empties`: one line for each empty chest, buffered, next to no cost. `all`: one line for each request, written at once, for counting
   * to the request.
   */
  log: 'empties' | 'all';
};

/** Searches out of a hundred that find an empty chest, drawn by a hash of connection and request number: no rhythm to fall into. */
export const emptyPercent = 1;

/** Fixed answers from memory: what is measured is the one who asks. */
export function nginxConfig({ folder, host, port, statusPort, connectionsMax, log }: NginxSettings): string {
  return `worker_processes 1;
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
worker_rlimit_nofile ${connectionsMax + 100};
events { worker_connections ${connectionsMax}; multi_accept on; }
http {
  access_log off;
  log_format line '$request_method $uri $status $chest';
  default_type application/json;
  keepalive_requests 1000000000;
  keepalive_timeout 3600s;
  reset_timedout_connection on;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  split_clients "$connection-$connection_requests" $treasures {
    ${emptyPercent}% '${searchAnswer(emptyChest)}';
    * '${searchAnswer(fullChest)}';
  }
  split_clients "$connection-$connection_requests" $chest { ${emptyPercent}% empty; * full; }
  map $chest $is_empty { empty 1; default 0; }
  server {
    listen ${host}:${port} backlog=4096;
${log === 'all' ? `    access_log ${folder}/access.log line;\n` : ''}    location = ${paths.search} {
${log === 'empties' ? `      access_log ${folder}/empty.log line buffer=64k flush=1s if=$is_empty;\n` : ''}      return 200 $treasures;
    }
    location = ${paths.spawns} { return 200 '${spawnsAnswer()}'; }
    location = ${paths.biome} { return 200 '${biomeAnswer()}'; }
    location = /healthz { return 200 '{}'; }
    location = /readyz { return 200 '{}'; }
  }
  server {
    listen 127.0.0.1:${statusPort};
    location = /status { stub_status; }
  }
}
`;
}

export type ServerCount = { accepted: number; requests: number; active: number };

/** Reads what stub_status prints; its own requests are among those counted. */
export function readStatus(text: string): ServerCount {
  const active = /Active connections:\s+(\d+)/.exec(text);
  const sums = /^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/m.exec(text);
  if (active === null || sums === null) throw new RangeError(`No status of nginx: ${text.slice(0, 200)}`);
  return { active: Number(active[1]), accepted: Number(sums[1]), requests: Number(sums[3]) };
}
