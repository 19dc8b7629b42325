import { describe, expect, test } from 'vitest';
import { heapLimitMiB, isOverLimit, memoryOf } from './memory-limit.ts';

describe('memory limit', () => {
  test('the heap limit stays below the memory limit, by a reserve and a share', () => {
    expect([128, 256, 512, 1024].map(heapLimitMiB)).toEqual([41, 153, 375, 820]);
  });

  test('only memory of its own counts against a pod', () => {
    expect(isOverLimit({ rssBytes: 300 * 1_048_576, ownBytes: 256 * 1_048_576 }, 256)).toBe(false);
    expect(isOverLimit({ rssBytes: 300 * 1_048_576, ownBytes: 256 * 1_048_576 + 1 }, 256)).toBe(true);
  });

  test('where the machine can tell, this process holds memory, and a process that is not there holds none', () => {
    const use = memoryOf(process.pid);
    expect(use !== null).toBe(process.platform === 'linux');
    expect(use?.ownBytes ?? 1).toBeLessThan(use?.rssBytes ?? 2);
    expect(memoryOf(0)).toBeNull();
  });
});
