import type { Aim, Step, Word } from '../chaos/fault.ts';
import { writeMs } from '../core/duration.ts';
import type { Plan } from './plan.ts';

/** A fault of the plan with what would be aimed at, done and undone. */
export type PlannedFault = {
  atMs: number;
  forMs: number;
  description: string;
  aim: Aim;
  apply: readonly Step[];
  undo: readonly Step[];
  permissions: readonly string[];
};

/** What a rehearsal would do, for people: targets, timeline, undo steps, permissions. */
export function planText(
  plan: Plan,
  environment: { name: string; platform: string; pods: readonly string[]; cache: string; generator: string },
  faults: readonly PlannedFault[],
): string {
  const { scenario } = plan;
  const mix = Object.entries(scenario.crowd.mix).map(([persona, weight]) => `${persona} ${weight}`);
  return [
    `${scenario.title} (${plan.scenarioPath}), seed ${plan.seed}. Nothing is touched by this plan.`,
    '',
    `Environment  ${environment.name} on ${environment.platform}: ${environment.pods.join(', ')}; cache: ${environment.cache}`,
    `Crowd        ${scenario.crowd.players} players (${mix.join(', ')}), joining within ${scenario.crowd.join}`,
    `Sessions     ${sessionsText(scenario.crowd.sessions)}; arrivals: ${scenario.crowd.arrivals.shape}`,
    `Generator    ${environment.generator}`,
    `Length       about ${writeMs(plan.totalMs)} of play`,
    '',
    'Timeline',
    `  ${at(0)}  players join`,
    ...faults.flatMap(faultLines),
    `  ${at(plan.totalMs)}  end, everything back where it was`,
    '',
    'Expected',
    ...scenario.expect.map((expectation) => `  ${JSON.stringify(expectation)}`),
    ...(plan.guards.length > 0 ? ['', 'Guards (abort and restore)', ...plan.guards.map((guard) => `  ${guard.text}`)] : []),
    '',
    `Run it: ${plan.reproduce}`,
  ].join('\n');
}

/** A preset by its name, a law by its own. */
function sessionsText(sessions: Plan['scenario']['crowd']['sessions']): string {
  if (typeof sessions === 'string') return sessions;
  return 'mean' in sessions ? `${sessions.law}, ${sessions.mean} on average` : `${sessions.law}, ${sessions.cdf.length} points`;
}

function faultLines({ atMs, forMs, description, aim, apply, undo, permissions }: PlannedFault): readonly string[] {
  const strikes = aim.strikes
    .filter((strike) => strike.pods.length > 0)
    .map((strike) => `${at(atMs + strike.afterMs)} ${strike.pods.join(' ')}`);
  return [
    `  ${at(atMs)}  ${aim.faultId}: ${aim.kind}/${aim.variant} for ${writeMs(forMs)}: ${description}`,
    `            target  ${aim.target}`,
    ...(strikes.length > 0 ? [`            strikes ${strikes.join(', ')}`] : []),
    ...apply.map((step) => `            do      ${stepText(step)}`),
    ...undo.map((step) => `            undo    ${stepText(step)}`),
    ...(permissions.length > 0 ? [`            needs   ${permissions.join(', ')}`] : []),
  ];
}

export function stepText(step: Step): string {
  switch (step.do) {
    case 'crash-pods':
      return step.lot === undefined
        ? `SIGKILL all processes of ${step.pods.join(', ')}`
        : `SIGKILL one process each of ${step.pods.join(', ')}, drawn by the seed`;
    case 'stop-pods':
      return `SIGTERM ${step.pods.join(', ')}, SIGKILL after ${writeMs(step.graceMs)}`;
    case 'evict-pod':
      return `SIGKILL whoever of ${step.pods.join(', ')} is furthest above ${step.requestMiB} MiB while ${step.node} is short of memory`;
    case 'await-replacements':
      return `wait until ${step.pods.join(', ')} are Ready in new processes (at most ${writeMs(step.withinMs)})`;
    case 'start-containers':
      return `start the containers of ${Object.keys(step.containers.ids).join(', ')} where they are down (at most ${writeMs(step.withinMs)})`;
    case 'redis':
      return `redis ${step.command.map(wordText).join(' ')}`;
    case 'restore-acl':
      return `give user ${step.user} its saved passwords back (ACL SETUSER), read back, compare`;
    case 'drop-lifeline':
      return `redis ACL DELUSER ${step.lifeline}`;
    case 'compare-acl':
      return 'ACL LIST must equal what was saved, byte for byte';
    case 'log-in':
      return 'a fresh connection with the saved password must be let in';
  }
}

function wordText(word: Word): string {
  return typeof word === 'string' ? word : `<secret ${word.secret}>`;
}

function at(ms: number): string {
  const seconds = Math.round(ms / 100) / 10;
  return `${seconds.toFixed(1)} s`.padStart(8);
}
