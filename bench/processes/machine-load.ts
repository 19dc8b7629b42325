import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Linux counts in hundredths of a second. */
const ticksPerSecond = 100;

/** Seconds that all cores together have worked since the start of the machine, whatever was stolen by its host included. */
export function machineCpuSeconds(stat: string = readFileSync('/proc/stat', 'utf8')): number {
  const [user, nice, system, , , irq, softirq, steal] = (/^cpu\s+(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number) as number[];
  return [user, nice, system, irq, softirq, steal].reduce((sum: number, ticks) => sum + (ticks ?? 0), 0) / ticksPerSecond;
}

const quietCores = 0.1;

/** Waits until nobody else uses the machine, or for so long. False where it never was. */
export async function awaitQuiet(secondsMax: number): Promise<boolean> {
  const untilMs = performance.now() + secondsMax * 1000;
  do {
    const before = machineCpuSeconds();
    await pause(1000);
    if (machineCpuSeconds() - before < quietCores) return true;
  } while (performance.now() < untilMs);
  return false;
}
