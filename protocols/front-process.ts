import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '../machine/child-environment.ts';
import { processTitle } from '../machine/process-table.ts';
import { programAt } from '../machine/program.ts';
import type { TcpFront } from './tcp-front.ts';

const program = programAt(new URL('front-main.ts', import.meta.url));

/** A front that costs the conductor no time: its bytes go through a process of their own, in a session of its own. */
export async function startFront(runId: string): Promise<TcpFront> {
  const child = spawn(process.execPath, [program], {
    argv0: processTitle('proxy', '', runId),
    detached: true,
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [origin] = (await Promise.race([once(child, 'message'), failure(child)])) as [string];
  return {
    origin,
    route: (endpoints) => void child.send([...endpoints], () => {}),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

async function failure(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the address in front of the pods could not be opened (exit code ${code})`);
}
