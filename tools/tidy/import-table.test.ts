import { expect, test } from 'vitest';
import { importTable } from './import-table.ts';

const problems = (path: string, ...specifiers: readonly string[]) => {
  const text = specifiers.map((specifier) => `import { a } from '${specifier}';`).join('\n');
  return importTable.check([{ path, text }]).map((finding) => finding.problem);
};

test('every room may import core, and core imports nobody', () => {
  expect(problems('chaos/journal.ts', '../core/result.ts')).toEqual([]);
  expect(problems('core/clock.ts', '../machine/system-clock.ts')).toEqual(['core imports machine/system-clock.ts']);
});

test('the simulator never sees chaos, and chaos never sees the simulator', () => {
  expect(problems('simulator/engine/engine.ts', '../../chaos/fault.ts')).toHaveLength(1);
  expect(problems('chaos/inject.ts', '../simulator/measure/figures.ts')).toHaveLength(1);
});

test('platforms and chaos do not see each other', () => {
  expect(problems('platforms/local/pods.ts', '../../chaos/fault.ts')).toHaveLength(1);
  expect(problems('chaos/faults/pod-kill.ts', '../../platforms/platform.ts')).toHaveLength(1);
});

test('the service stands alone, in both directions', () => {
  expect(problems('service/main.ts', '../core/random.ts')).toHaveLength(1);
  expect(problems('rehearsal/prepare.ts', '../service/options.ts')).toHaveLength(1);
});

test('the rehearsal joins the rooms, and its report knows none of them', () => {
  expect(problems('rehearsal/run.ts', '../simulator/engine/engine.ts', '../chaos/fault.ts', './report/format.ts')).toEqual([]);
  expect(problems('rehearsal/report/html.ts', '../run.ts', '../../chaos/fault.ts')).toHaveLength(2);
});

test('pure parts of the simulator do not import the parts that have effects', () => {
  expect(problems('simulator/players/explorer.ts', '../engine/engine.ts')).toHaveLength(1);
  expect(problems('simulator/engine/play.ts', '../players/player.ts', '../measure/figures.ts')).toEqual([]);
});

test('an import of a type counts as an import', () => {
  const text = "import type { Fault } from '../../chaos/fault.ts';";
  expect(importTable.check([{ path: 'simulator/engine/play.ts', text }])).toHaveLength(1);
});

test('scenarios import types only', () => {
  expect(problems('scenarios/launch-day.ts', '../rehearsal/scenario.ts')).toEqual(['scenarios imports values of ../rehearsal/scenario.ts']);
  const text = "import type { Scenario } from '../rehearsal/scenario.ts';";
  expect(importTable.check([{ path: 'scenarios/launch-day.ts', text }])).toEqual([]);
});

test('a test may import fixtures from anywhere, shipped code may not', () => {
  expect(problems('analysis/merge.test.ts', '../service/fixtures/world.ts')).toEqual([]);
  expect(problems('analysis/merge.ts', '../service/fixtures/world.ts')).toHaveLength(1);
});

test('a test inside the simulator may play a whole crowd on the clock of the machine', () => {
  expect(problems('simulator/transports/wire.test.ts', '../../machine/system-clock.ts')).toEqual([]);
  expect(problems('simulator/transports/wire.ts', '../../machine/system-clock.ts')).toHaveLength(1);
  expect(problems('simulator/players/chain.test.ts', '../crowd/crowd.ts')).toEqual([]);
  expect(problems('simulator/players/chain.test.ts', '../../chaos/fault.ts')).toHaveLength(1);
});

test('the service may be named by its address, to be started as a process', () => {
  const text = "spawn(new URL('../service/main.ts', import.meta.url));";
  expect(importTable.check([{ path: 'platforms/pods.ts', text }])).toEqual([]);
  expect(problems('platforms/pods.ts', '../service/main.ts')).toHaveLength(1);
});

test('a folder that is no room cannot be imported', () => {
  expect(problems('core/a.ts', '../helpers/b.ts')).toHaveLength(1);
});
