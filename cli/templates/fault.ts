import { commandLine } from '../../machine/program.ts';
import { identifierOf, keyOf, type Starter } from './starter.ts';

/** Names that the file needs for itself. */
export const faultClashes: readonly string[] = ['aliveIn', 'pick', 'problemsOf', 'readKey', 'replacedWithinMs'];

export function faultStarter(name: string): Starter {
  return {
    files: [
      { path: `chaos/faults/${name}.ts`, text: faultText(name) },
      { path: `chaos/faults/${name}.test.ts`, text: faultTest(name) },
    ],
    next: [
      'Add its name to `FaultKind` in chaos/fault.ts:',
      `  | '${name}'`,
      'Add a row to `faults` in chaos/faults/table.ts, and import it there:',
      `  ${keyOf(name)},`,
      `  import { ${identifierOf(name)} } from './${name}.ts';`,
      'Add what a scenario may say about it to `faultRow` in rehearsal/scenario.ts:',
      `  z.strictObject({ kind: z.literal('${name}'), variant: z.enum(['crash']).default('crash').describe('one pod, once') }),`,
      'Then its tests pass, the contract suite of all faults among them, and a timeline may name it, and the reference may know it:',
      '  npm test -- chaos/faults',
      `  ${commandLine('plan')} my-scenario`,
      '  npm run docs',
    ],
  };
}

function faultText(name: string): string {
  return `${decisionsText(name)}
${helpersText(name)}`;
}

function decisionsText(name: string): string {
  return `import type { Problem } from '../../core/problem.ts';
import { pick } from '../../core/random.ts';
import { type Aim, type Fault, type FaultRequest, type FaultTarget, type Read, type Readings, readKey } from '../fault.ts';

/** Longest wait for the pod's replacement. */
const replacedWithinMs = 30_000;

/**
 * Kills one pod once. Everything here decides and does nothing: what to read, which steps break something and which put it back, and
 * whether what was seen proves a bite. Whatever must be done that no \`Step\` of chaos/fault.ts can do yet needs a new kind of step.
 */
export const ${identifierOf(name)}: Fault = {
  kind: '${name}',
  variants: ['crash'],
  // One sentence for \`plan\` and the reference.
  description: 'SIGKILL of one pod chosen by the seed; undone when its replacement is Ready',
  permissions: ["signal the pods' processes"],

  /** Everything that makes it impossible, at once. */
  check(request, target) {
    return problemsOf(request, target);
  },

  /** Who is hit. Draws from \`random\` only, so that the same seed hits the same pod. */
  aim(request, target, random) {
    const victim = pick(random, target.pods);
    return {
      faultId: request.id,
      runId: target.runId,
      kind: '${name}',
      variant: request.variant,
      target: victim,
      // Two runs must never break the same thing: pods of our own are nobody else's.
      targetKeys: [target.podsOwned ? \`pod \${victim} of run \${target.runId}\` : \`pod \${victim}\`],
      strikes: [{ afterMs: 0, pods: [victim] }],
      podsOwned: target.podsOwned,
      cache: null,
      // What must be known to put things back; a fault that cannot read it does not begin.
      readBefore: [],
      // Read before and again after. Never ask the one who did it: evidence comes from another channel.
      probes: [{ read: 'pod-processes', pods: [victim] }],
    };
  },

  /** The undo is complete, and on disk, before the first step of \`apply\` runs. */
  steps(aim) {
    return {
      // All processes of the pod; with a \`lot\`, drawn in \`aim\`, one of them.
      apply: aim.strikes.map(({ pods }) => [{ do: 'crash-pods', pods }]),
      undo: [{ do: 'await-replacements', pods: [aim.target], withinMs: replacedWithinMs, owned: aim.podsOwned }],
      secrets: { values: {}, logins: {} },
    };
  },

  /** Without proof a run is inconclusive, so write this first. What could not be read proves nothing. */
  judgeBite(aim, before, after) {
    const victims = aliveIn(aim, before);
    const living = aliveIn(aim, after);
    const gone = victims.length > 0 && victims.every((process) => !living.includes(process));
    const proven = gone && living.length > 0;
    return { proven, evidence: [proven ? \`\${aim.target}: another process has taken its place\` : \`\${aim.target}: no proof\`] };
  },
};
`;
}

function helpersText(name: string): string {
  return `function problemsOf({ variant, forMs }: FaultRequest, { pods }: FaultTarget): readonly Problem[] {
  const problems: Problem[] = [];
  if (variant !== 'crash') problems.push({ place: 'variant', problem: \`"\${variant}" is no variant of ${name}\`, remedy: 'write crash' });
  if (!(forMs > 0)) problems.push({ place: 'for', problem: 'lasts no time', remedy: 'write for example 10s' });
  if (pods.length === 0) problems.push({ place: 'pods', problem: 'there is no pod', remedy: 'choose an environment with pods' });
  return problems;
}

/** The processes of the victim that were alive: a pid alone may have been given to somebody else since. */
function aliveIn(aim: Aim, readings: Readings): readonly string[] {
  const text = readings[readKey(aim.probes[0] as Read)];
  if (typeof text !== 'string') return [];
  const seen = JSON.parse(text) as { [pod: string]: readonly { pid: number; startTicks: number; alive: boolean }[] };
  return (seen[aim.target] ?? []).filter(({ alive }) => alive).map(({ pid, startTicks }) => \`\${pid} \${startTicks}\`);
}
`;
}

function faultTest(name: string): string {
  const fault = identifierOf(name);
  const row = fault === name ? `faults.${name}` : `faults['${name}']`;
  return `import { expect, test } from 'vitest';
import { random } from '../../core/random.ts';
import { type FaultRequest, type FaultTarget, type Read, readKey } from '../fault.ts';
import { ${fault} } from './${name}.ts';
import { faults } from './table.ts';

/** \`contract.test.ts\` holds every row of the table to the rules of the house; here stands what only this fault does. */
const target: FaultTarget = { runId: 'r', pods: ['pod-1', 'pod-2', 'pod-3'], podsOwned: true, cache: null };
const request: FaultRequest = { id: 'f', kind: '${name}', variant: 'crash', atMs: 0, forMs: 10_000, pods: 0, everyMs: null };

test('${name} is in the table', () => {
  expect(${row}).toBe(${fault});
});

test('${name} hits each of the pods for some seed, and one at a time', () => {
  const hit = Array.from({ length: 50 }, (_, seed) => ${fault}.aim(request, target, random(seed)).target);
  expect(new Set(hit)).toEqual(new Set(target.pods));
});

test('${name} has bitten when the process is gone and another one lives, and not before', () => {
  const aim = ${fault}.aim(request, target, random(1));
  const reading = (...processes: readonly [pid: number, alive: boolean][]) => ({
    [readKey(aim.probes[0] as Read)]: JSON.stringify({ [aim.target]: processes.map(([pid, alive]) => ({ pid, startTicks: 9, alive })) }),
  });
  const proven = (after: ReturnType<typeof reading>) => ${fault}.judgeBite(aim, reading([10, true]), after).proven;
  expect(proven(reading([10, false], [11, true]))).toBe(true);
  expect(proven(reading([10, true]))).toBe(false);
  expect(proven(reading([10, true], [11, true]))).toBe(false);
  expect(proven(reading([10, false]))).toBe(false);
});
`;
}
