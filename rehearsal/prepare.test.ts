import { expect, test } from 'vitest';
import { prepare } from './prepare.ts';

test('a crash is waited out as the scenario says: ten times faster than the kubelet, or as long as it', async () => {
  const scaleOf = async (scenario: string): Promise<number | undefined> => {
    const prepared = await prepare(scenario, { dryRun: true });
    return prepared.ok ? prepared.value.environment?.backoffScale : undefined;
  };
  expect(await scaleOf('story-bandaid')).toBe(0.1);
  expect(await scaleOf('story-explorers')).toBe(1);
});
