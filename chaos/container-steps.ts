import { get } from 'node:http';
import { publishedAt } from '../protocols/docker/answers.ts';
import { type Engine, engineAt } from '../protocols/docker/engine.ts';
import type { Step, StepOutcome } from './fault.ts';

type StartStep = Extract<Step, { do: 'start-containers' }>;

const lookEveryMs = 50;
const answerWithinMs = 1_000;

/** Of the engine that would start them, or null where it does not answer. */
export async function engineVersion({ containers }: StartStep): Promise<string | null> {
  const engine = engineAt(containers.engine);
  return engine.version().finally(() => engine.close());
}

/** `ownerGone`: the run that started the containers is no more. Never rejects. */
export async function startContainers(step: StartStep, ownerGone: boolean): Promise<StepOutcome> {
  const engine = engineAt(step.containers.engine);
  try {
    const outcomes = await Promise.all(Object.entries(step.containers.ids).map(([pod, id]) => bringBack({ pod, id }, step, engine)));
    const missing = outcomes.flatMap(({ pod, end }) => (end === 'missing' ? [pod] : []));
    const late = outcomes.flatMap(({ pod, end }) => (end === 'late' ? [pod] : []));
    if (missing.length > 0 && !(step.owned && ownerGone))
      return { kind: 'conflict', why: `somebody removed the containers of ${missing.join(', ')}` };
    if (late.length > 0)
      return { kind: 'failed', why: `the containers of ${late.join(', ')} do not answer within ${step.withinMs / 1000} s` };
    return { kind: 'done', evidence: outcomes.map(({ pod, end }) => `${pod}: ${words[end]}`).join(', ') };
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  } finally {
    await engine.close();
  }
}

type End = 'serves' | 'started' | 'missing' | 'late';

const words = {
  serves: 'its container runs and answers',
  started: 'its container was started and answers',
  missing: 'removed with its run',
  late: '',
};

async function bringBack({ pod, id }: { pod: string; id: string }, step: StartStep, engine: Engine): Promise<{ pod: string; end: End }> {
  const startedAtMs = performance.now();
  let wasStarted = false;
  while (performance.now() - startedAtMs < step.withinMs) {
    const container = await engine.inspect(id);
    if (container === null) return { pod, end: 'missing' };
    // `restarting` is the policy at work; whatever else is down stays down.
    if (!container.State.Running && container.State.Status !== 'restarting') {
      wasStarted = true;
      await engine.start(id).catch(() => {});
    }
    const address = container.State.Running ? publishedAt(container, step.containers.port) : null;
    if (address !== null && (await answers(`http://${address}/readyz`))) return { pod, end: wasStarted ? 'started' : 'serves' };
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return { pod, end: 'late' };
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: answerWithinMs }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}
