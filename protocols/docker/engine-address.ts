import type { Result } from '../../core/result.ts';

const usual = 'unix:///var/run/docker.sock';

/** Where the Docker engine listens: DOCKER_HOST, else its usual socket. Only engines of this machine: faults act on its processes. */
export function engineAddress(environment: { [name: string]: string | undefined }): Result<string> {
  const address = environment['DOCKER_HOST'] || usual;
  if (/^unix:\/\/\/.+/.test(address)) return { ok: true, value: address };
  if (/^tcp:\/\/(127(\.\d+){3}|localhost|\[::1\]):\d+\/?$/.test(address)) return { ok: true, value: address.replace(/\/$/, '') };
  const remedy = 'name a socket (unix:///var/run/docker.sock) or an engine on loopback (tcp://127.0.0.1:2375)';
  return { ok: false, problems: [{ place: 'DOCKER_HOST', problem: `${address} is no engine of this machine`, remedy }] };
}
