import { createHash, randomBytes } from 'node:crypto';
import type { CacheRef, Read, Step, StepRunner } from './fault.ts';
import { createPodMemory, type PodControl } from './pod-control.ts';
import { awaitReplacements, crashPods, evictPod, type Pods, stopPods } from './pod-steps.ts';
import { askRedis } from './redis-admin.ts';
import { runRedisStep } from './redis-steps.ts';
import type { SecretStore } from './secrets.ts';

/**
 * Does steps on the real thing: pods through their platform, the cache through its own protocol.
 * `control` null: the run is gone and somebody else puts back what it left.
 */
export function createStepRunner(control: PodControl | null, secrets: SecretStore): StepRunner {
  const pods = control === null ? null : { control, memory: createPodMemory(control) };
  return {
    run: (step) => runStep(step, pods, secrets).catch((error) => ({ kind: 'failed', why: String(error?.message ?? error) })),
    read: (read) => readOne(read, pods, secrets).catch(() => null),
  };
}

const noPods = { kind: 'failed', why: 'there are no pods any more' } as const;

async function runStep(step: Step, pods: Pods | null, secrets: SecretStore): ReturnType<StepRunner['run']> {
  switch (step.do) {
    case 'crash-pods':
      return pods === null ? noPods : crashPods(step, pods);
    case 'stop-pods':
      return pods === null ? noPods : stopPods(step, pods);
    case 'evict-pod':
      return pods === null ? noPods : evictPod(step, pods);
    case 'await-replacements':
      return awaitReplacements(step, pods);
    case 'start-containers':
      // Loaded where it is needed: most runs have no containers, and the watchdog is to be small and at once there.
      return (await import('./container-steps.ts')).startContainers(step, pods === null);
    default:
      return runRedisStep(step, { secrets, ownerGone: pods === null });
  }
}

async function readOne(read: Read, pods: Pods | null, secrets: SecretStore): Promise<string | null> {
  switch (read.read) {
    case 'metric': {
      const value = (await pods?.control.metric(read.name, read.labels)) ?? null;
      return value === null ? null : String(value);
    }
    case 'pod-processes':
      return pods === null ? null : JSON.stringify(pods.memory.seen(read.pods));
    case 'new-password':
      return JSON.stringify(newPassword());
    case 'acl-list':
      return readAclList(read, secrets);
    case 'fresh-login':
      return readLogin(read, secrets);
  }
}

function newPassword(): { password: string; sha256: string } {
  const password = randomBytes(32).toString('hex');
  return { password, sha256: createHash('sha256').update(password).digest('hex') };
}

async function readAclList({ cache, as }: { cache: CacheRef; as: string }, secrets: SecretStore): Promise<string | null> {
  const login = secrets.login(as);
  const answer = login === null ? null : await askRedis(cache.address, login, ['ACL', 'LIST']);
  return answer?.kind === 'answer' && Array.isArray(answer.value) ? answer.value.join('\n') : null;
}

/** A refusal of the command alone (NOPERM) shows that the login itself was accepted. */
async function readLogin({ cache, as }: { cache: CacheRef; as: string }, secrets: SecretStore): Promise<string | null> {
  const login = secrets.login(as);
  const answer = login === null ? null : await askRedis(cache.address, login, ['PING']);
  if (answer === null || answer.kind === 'unreachable') return null;
  return answer.kind === 'answer' || answer.code === 'NOPERM' ? 'OK' : answer.code;
}
