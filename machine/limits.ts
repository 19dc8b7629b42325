import { readFileSync } from 'node:fs';

/** What this machine lets one process have. */
export type MachineLimits = {
  /** Files and connections that a process may have open (`ulimit -n`). */
  filesMax: number;
  /** Ports that connections of our own may begin at, for each pair of addresses. */
  portsMax: number;
};

/** Where nothing says otherwise: what macOS gives a process, and the ports that are set aside everywhere. */
const unknown: MachineLimits = { filesMax: 10_240, portsMax: 16_000 };

/** Node has no getrlimit; Linux tells it in files. */
export function machineLimits(): MachineLimits {
  const files = /^Max open files\s+(\d+|unlimited)/m.exec(read('/proc/self/limits'))?.[1];
  const ports = /^(\d+)\s+(\d+)/.exec(read('/proc/sys/net/ipv4/ip_local_port_range'));
  return {
    filesMax: files === undefined ? unknown.filesMax : files === 'unlimited' ? 1_000_000 : Number(files),
    portsMax: ports === null ? unknown.portsMax : Number(ports[2]) - Number(ports[1]) + 1,
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
