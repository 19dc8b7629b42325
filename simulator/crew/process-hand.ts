import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '../../machine/child-environment.ts';
import { compileCacheFolder } from '../../machine/compile-cache.ts';
import { processTitle } from '../../machine/process-table.ts';
import { programAt } from '../../machine/program.ts';
import { type Hand, HandLost } from './hand.ts';
import type { AnswerMessage, OrderName, Orders } from './orders.ts';
import { playerFlags } from './player-flags.ts';

const program = programAt(new URL('players-main.ts', import.meta.url));

/** Who has not answered by then never will. What was sent before play ended may take as long as the longest patience. */
const answerMsMax = 10_000;
const slowAnswersMsMax: { readonly [name in OrderName]?: number } = { prepare: 30_000, halt: 150_000 };

/** How long a process may take to go once nobody wants anything of it. */
const goneMsMax = 2000;

type Pending = { answered: (answer: unknown) => void; failed: (error: Error) => void; timer: NodeJS.Timeout };

/**
 * Starts a process of players, in a session of its own: Ctrl-C in the terminal does not reach it, and when we are gone, so is the
 * pipe, and it goes too. Its command line says whose it is; what it is told, secrets among it, goes through the pipe only.
 */
export function startHand(number: number, runId: string): Hand {
  const name = `players ${number}`;
  const child = spawn(process.execPath, [...playerFlags, program], {
    argv0: processTitle('players', String(number), runId),
    detached: true,
    // From its first file on: a program that asks for the cache itself has been stripped of its types by then, in as much time as
    // all the others take from there.
    env: { ...childEnvironment(), NODE_COMPILE_CACHE: compileCacheFolder },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  return handOf(child, name);
}

function handOf(child: ChildProcess, name: string): Hand {
  const pending = new Map<number, Pending>();
  const lastWords = lastWordsOf(child);
  let nextId = 0;
  let loss: HandLost | null = null;

  function lose(why: string): void {
    loss ??= new HandLost(`${name} of the generator ${why}: its part of the crowd is missing from then on`);
    for (const { failed, timer } of pending.values()) {
      clearTimeout(timer);
      failed(loss);
    }
    pending.clear();
  }

  child.on('message', (message: AnswerMessage) => {
    const waiting = pending.get(message.id);
    if (waiting === undefined) return;
    pending.delete(message.id);
    clearTimeout(waiting.timer);
    if ('error' in message) waiting.failed(new Error(`${name}: ${message.error}`));
    else waiting.answered(message.answer);
  });
  child.on('error', (error) => lose(`could not be reached (${error.message})`));
  child.on('exit', (code, signal) => lose(`ended (${signal ?? `exit code ${code}`})${lastWords()}`));

  return {
    name,
    ask<Name extends OrderName>(order: Name, asked: Orders[Name]['asked']) {
      return new Promise<Orders[Name]['answer']>((resolve, reject) => {
        if (loss !== null) return reject(loss);
        const id = nextId++;
        const timer = setTimeout(() => {
          lose(`fell silent (nothing on '${order}')`);
          child.kill('SIGKILL');
        }, slowAnswersMsMax[order] ?? answerMsMax);
        pending.set(id, { answered: resolve as (answer: unknown) => void, failed: reject, timer });
        child.send({ id, name: order, asked }, (error) => {
          if (error !== null) lose(`could not be reached (${error.message})`);
        });
      });
    },
    async dismiss() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const gone = once(child, 'exit');
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), goneMsMax);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** The end of what it had to say about its own death. */
function lastWordsOf({ stderr }: ChildProcess): () => string {
  let text = '';
  stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = `${text}${more}`.slice(-1000);
  });
  return () => {
    const error = /^\w*Error\b.*$/m.exec(text)?.[0];
    return error === undefined ? '' : `, saying ${error}`;
  };
}
