import { expect, test } from 'vitest';
import { runQuietly } from './command.ts';

const onNode = (script: string, timeoutMs = 10_000) => runQuietly({ program: process.execPath, args: ['-e', script], timeoutMs });

test('exit code and both streams come back', async () => {
  const ended = await onNode('process.stdout.write("out"); process.stderr.write("err"); process.exit(7)');
  expect(ended.exitCode).toBe(7);
  expect(ended.output).toContain('out');
  expect(ended.output).toContain('err');
});

test('a program that is not installed ends with 127 and says which', async () => {
  const ended = await runQuietly({ program: 'no-such-program', args: [], timeoutMs: 1000 });
  expect(ended.exitCode).toBe(127);
  expect(ended.output).toContain('no-such-program');
});

test('a program that takes too long is ended and counts as failed', async () => {
  const ended = await onNode('setInterval(() => {}, 1000)', 100);
  expect(ended.exitCode).toBe(143);
});
