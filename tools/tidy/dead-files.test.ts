import { expect, test } from 'vitest';
import { deadFiles } from './dead-files.ts';

const dead = (...files: readonly [string, string][]) =>
  deadFiles.check(files.map(([path, text]) => ({ path, text }))).map((finding) => finding.path);

test('a file that nobody imports is dead', () => {
  expect(dead(['chaos/a.ts', ''], ['chaos/b.ts', "import './c.ts';"], ['chaos/c.ts', "import './b.ts';"])).toEqual(['chaos/a.ts']);
});

test('its own test does not keep a file alive, another test does', () => {
  expect(dead(['chaos/a.ts', ''], ['chaos/a.test.ts', "import './a.ts';"], ['chaos/a.ci.test.ts', "import './a.ts';"])).toEqual([
    'chaos/a.ts',
  ]);
  expect(dead(['platforms/memory.ts', ''], ['rehearsal/run.test.ts', "import '../platforms/memory.ts';"])).toEqual([]);
});

test('entries, declarations and files that are started by their address are alive', () => {
  expect(dead(['cli/main.ts', ''], ['chaos/watchdog-main.ts', ''], ['scenarios/launch-day.ts', ''], ['tools/tier.ts', ''])).toEqual([]);
  expect(dead(['service/probe.ts', ''], ['service/main.ts', "spawn(new URL('./probe.ts', import.meta.url));"])).toEqual([]);
});

test('a fixture is alive while somebody names its path', () => {
  expect(dead(['platforms/fixtures/pod.ts', ''], ['platforms/local.test.ts', "spawn(node, [join(here, 'fixtures/pod.ts')]);"])).toEqual([]);
  expect(dead(['platforms/fixtures/pod.ts', ''], ['platforms/local.test.ts', ''])).toEqual(['platforms/fixtures/pod.ts']);
});
