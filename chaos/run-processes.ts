import { type ProcessId, processesOfRun, signal } from '../machine/process-table.ts';

/** How long a process may take to leave by itself. */
const goodbyeMs = 300;
const lookEveryMs = 15;
/** A run that starts processes faster than we end them is a fault of the tool; do not fight it for ever. */
const roundsMax = 20;

/**
 * Ends every process that says of itself that it belongs to this run, except this one: politely, then by force. Looks again until
 * none is found twice in a row, since a process may have been started by another one that was just dying. Says how many it ended.
 */
export async function endProcessesOfRun(runId: string): Promise<number> {
  const ended = new Set<number>();
  let quietRounds = 0;
  for (let round = 0; round < roundsMax && quietRounds < 2; round++) {
    const found = processesOfRun(runId);
    quietRounds = found.length === 0 ? quietRounds + 1 : 0;
    for (const { pid } of found) ended.add(pid);
    await endAll(found, runId);
  }
  return ended.size;
}

async function endAll(found: readonly ProcessId[], runId: string): Promise<void> {
  for (const process of found) signal(process, 'SIGTERM');
  const giveUpAtMs = performance.now() + (found.length === 0 ? 0 : goodbyeMs);
  while (performance.now() < giveUpAtMs && processesOfRun(runId).length > 0) await pause(lookEveryMs);
  for (const process of found) signal(process, 'SIGKILL');
  await pause(lookEveryMs);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
