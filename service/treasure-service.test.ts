import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOptions } from './option-reading.ts';
import { openTreasureService, type TreasureService } from './treasure-service.ts';

test('values that are kept in a file are not kept in memory too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'treasure-service-'));
  const reading = readOptions({ TREASURE_CACHE_KIND: 'disk', TREASURE_DISK_CACHE_FOLDER: folder, TREASURE_LOG_LEVEL: 'silent' });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const service = openTreasureService(reading.options);
  try {
    await askUntilHit(service, 'disk');
    expect(await hitsOf(service, 'process')).toBe(0);
  } finally {
    await service.drain();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The file is opened, and written, beside the requests: the first of them find nothing there. */
async function askUntilHit(service: TreasureService, level: string): Promise<void> {
  while ((await hitsOf(service, level)) === 0) {
    await service.app.inject('/v1/biomes/verdania/10/10/map?size=8');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function hitsOf(service: TreasureService, level: string): Promise<number> {
  const { body } = await service.app.inject('/metrics');
  const line = body.split('\n').find((each) => each.startsWith(`treasure_cache_lookups_total{level="${level}",result="hit"}`));
  return Number(line?.split(' ')[1] ?? 0);
}
