import { commandLine } from '../../machine/program.ts';
import { type Starter, titleOf } from './starter.ts';

/** In the repository a scenario lies among the shipped ones, with a test for vitest. */
export function scenarioInRepository(name: string): Starter {
  return {
    files: [
      { path: `scenarios/${name}.ts`, text: scenarioText(name, '../rehearsal/scenario.ts') },
      { path: `scenarios/${name}.test.ts`, text: repositoryTest(name) },
    ],
    next: ['Look at what it would do, then play it:', `  ${commandLine('plan')} ${name}`, `  ${commandLine('rehearse')} ${name}`],
  };
}

/** Anywhere else it lies where it is asked for, with a test that needs nothing but Node. */
export function scenarioElsewhere(name: string): Starter {
  return {
    files: [
      { path: `${name}.ts`, text: scenarioText(name, 'launchstorm/scenario') },
      { path: `${name}.test.mjs`, text: packageTest(name) },
    ],
    next: [
      'Look at what it would do, play it, and let your own tests check it:',
      `  npx launchstorm plan ./${name}.ts`,
      `  npx launchstorm rehearse ./${name}.ts`,
      `  node --test ${name}.test.mjs`,
    ],
  };
}

function scenarioText(name: string, typesFrom: string): string {
  return `// Does a player still get loot while a pod dies? Change this question first: the file asks it, a rehearsal answers.
import type { Scenario } from '${typesFrom}';

export const scenario: Scenario = {
  title: '${titleOf(name)}',
  // Who plays: this many players at the same time, each persona as often as its weight says.
  crowd: { kind: 'explorers', players: 200, mix: { explorer: 6, farmer: 2, wanderer: 2 } },
  // What breaks, counted from the start of play. The calm before the first fault is what everything after it is compared with.
  timeline: [{ at: '12s', for: '6s', fault: { kind: 'pod-kill', variant: 'crash', pods: 1 } }],
  // Play after the last fault was put back: time for the players to feel nothing of it any more.
  settle: '25s',
  // What must hold. Useful is an answer with loot in it: an empty chest counts as a failure, and so does an answer that never came.
  expect: [
    { share: 'useful', of: 'chain', atLeast: 0.99, in: ['before', 'after'] },
    { share: 'useful', of: 'chain', atLeast: 0.95, in: 'every during' },
    { latency: 0.99, of: 'search', atMost: '250ms', in: ['before', 'after'] },
    { recovery: 'latency', of: 'search', within: '20s', after: 'every fault' },
  ],
};
`;
}

function repositoryTest(name: string): string {
  return `import { expect, test } from 'vitest';
import { checkScenario } from '../rehearsal/check.ts';
import { scenario } from './${name}.ts';

test('${name} has no problem', () => {
  expect(checkScenario(scenario, '${name}.ts')).toMatchObject({ ok: true });
});

test('${name} also judges what players feel while something is broken', () => {
  expect(scenario.expect.filter((expectation) => 'in' in expectation && expectation.in === 'every during')).not.toEqual([]);
});
`;
}

function packageTest(name: string): string {
  return `// Run it with: node --test ${name}.test.mjs
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

// A plan checks everything that a rehearsal checks before it starts, and touches nothing.
test('${name} has no problem', () => {
  const { status, stderr } = spawnSync('npx', ['--no-install', 'launchstorm', 'plan', './${name}.ts'], {
    cwd: here,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(status, 0, stderr);
});
`;
}
