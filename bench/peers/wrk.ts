import { demand, onPath } from '../processes/shell.ts';
import { installPackages } from './debian.ts';
import { besidePeers, type Peer } from './peer.ts';

export const wrk: Peer = {
  name: 'wrk',
  version: '4.1',
  what: 'Debian package; C with LuaJIT; the limit of what client and server can do here',
  checks: 'nothing: it sends the three requests in rotation, reads to the end of each answer and looks at the status only',
  install: () => installPackages({ wrk: 'wrk' }),
  isInstalled: async () => (await onPath('wrk')) !== null,
  async command({ origin, players, seconds, bodiesFile }) {
    await demand('wrk', 'apt-get install wrk');
    const args = ['--threads', '1', '--connections', String(players), '--duration', `${seconds}s`, '--latency'];
    return { program: 'wrk', args: [...args, '--script', besidePeers('wrk/chain.lua'), origin], environment: { BENCH_BODIES: bodiesFile } };
  },
  figures(output) {
    const requests = /(\d+) requests in /.exec(output);
    if (requests === null) throw new RangeError(`wrk told nothing: ${output.slice(-300)}`);
    const refused = /Non-2xx or 3xx responses: (\d+)/.exec(output);
    const socket = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output);
    const failed = [refused?.[1], ...(socket?.slice(1) ?? [])].reduce((sum, text) => sum + Number(text ?? 0), 0);
    return { requests: Number(requests[1]), empty: null, failed, p50Ms: latencyMs(output, '50%'), p99Ms: latencyMs(output, '99%') };
  },
};

/** Of `     99%    1.23ms`. */
function latencyMs(output: string, share: string): number | null {
  const found = new RegExp(`^\\s+${share}\\s+([\\d.]+)(us|ms|s)\\s*$`, 'm').exec(output);
  if (found === null) return null;
  const scale = { us: 0.001, ms: 1, s: 1000 }[found[2] as 'us' | 'ms' | 's'];
  return Number(found[1]) * scale;
}
