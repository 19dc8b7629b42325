import type { CacheFacts, Login } from './fault.ts';
import { askRedis, isLoginRefused, type RedisAnswer } from './redis-admin.ts';

/** Read-only questions whose answers decide whether this server may be touched at all. */
const questions: readonly (readonly string[])[] = [['ACL', 'LIST'], ['INFO'], ['CONFIG', 'GET', 'aclfile']];

/** Asks a server everything that speaks against breaking it. Changes nothing there. */
export async function readCacheFacts(address: string, login: Login): Promise<CacheFacts> {
  const ask = (...command: string[]) => askRedis(address, login, command);
  const info = textOf(await ask('INFO'));
  const replicas = Number(/^connected_slaves:(\d+)/m.exec(info)?.[1] ?? 0);
  return {
    serverId: /^run_id:([0-9a-f]+)/m.exec(info)?.[1] ?? null,
    replicasAsUser: replicas === 0 ? 0 : replicasAs(login.username, replicas, await ask('CLIENT', 'LIST', 'TYPE', 'replica')),
    masterUser: await masterUserOf(ask),
    aclFile: (await configOf(ask, 'aclfile')) !== '',
    denied: await deniedTo(login.username, ask),
  };
}

type Ask = (...command: string[]) => Promise<RedisAnswer>;

/** A server that does not say who its replicas are may have any of them log in as this user. */
function replicasAs(user: string, replicas: number, answer: RedisAnswer): number {
  if (answer.kind !== 'answer') return replicas;
  return textOf(answer)
    .split('\n')
    .filter((line) => line.includes(` user=${user} `)).length;
}

async function masterUserOf(ask: Ask): Promise<string | null> {
  if ((await configOf(ask, 'masterauth')) === '') return null;
  return (await configOf(ask, 'masteruser')) || 'default';
}

/** Empty where there is no such setting, or none that this user may see: then `deniedTo` says so. */
async function configOf(ask: Ask, name: string): Promise<string> {
  const answer = await ask('CONFIG', 'GET', name);
  return answer.kind === 'answer' && Array.isArray(answer.value) ? String(answer.value[1] ?? '') : '';
}

async function deniedTo(user: string, ask: Ask): Promise<readonly string[]> {
  const denied: string[] = [];
  for (const command of questions) {
    const answer = await ask(...command);
    if (answer.kind === 'refused' && answer.code === 'NOPERM') denied.push(command.join(' '));
    if (answer.kind === 'unreachable' || isLoginRefused(answer)) return [`log in (${answer.message})`];
  }
  // DRYRUN (Redis 7) asks without doing; where it is not known, the first apply step fails instead, before anything is broken.
  const answer = await ask('ACL', 'DRYRUN', user, 'ACL', 'SETUSER', 'anybody');
  if (answer.kind === 'answer' && answer.value !== 'OK') denied.push('ACL SETUSER');
  return denied;
}

function textOf(answer: RedisAnswer): string {
  return answer.kind === 'answer' ? String(answer.value) : '';
}
