import type { Log } from './operations/log.ts';
import { optionsSchema, readOptions } from './option-reading.ts';
import type { Options } from './options.ts';
import { writePortFile } from './port-file.ts';

/** A process that serves: the service itself, or its sidecar. */
export interface Serving {
  readonly log: Log;
  /** Resolves with the port. */
  listen(): Promise<number>;
  /** Takes nothing new, answers what is under way, lets go of everything. */
  drain(): Promise<void>;
}

/**
 * Runs one, configured by TREASURE_* variables. `--print-schema` prints what can be configured. Exit codes: 0 drained after SIGTERM or
 * SIGINT, 64 wrong configuration, 71 could not listen, 70 anything unforeseen.
 */
export async function runProgram(args: readonly string[], open: (options: Options) => Serving): Promise<void> {
  if (args.length === 1 && args[0] === '--print-schema') {
    process.stdout.write(`${JSON.stringify(optionsSchema(), null, 2)}\n`);
    return;
  }
  if (args.length > 0) return refuse([`unknown argument ${JSON.stringify(args[0])}; only --print-schema is known`]);
  const reading = readOptions(process.env);
  if (!reading.ok) return refuse(reading.problems.map(({ variable, problem, remedy }) => `${variable} ${problem}\n  -> ${remedy}`));
  await serve(open(reading.options), reading.options.portFile);
}

async function serve(serving: Serving, portFile: string): Promise<void> {
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('uncaughtException', (error) => {
    serving.log.fatal({ err: error }, 'unforeseen');
    process.exit(70);
  });
  const port = await serving.listen().catch((error: Error) => {
    serving.log.fatal({ err: error }, 'cannot listen');
    process.exit(71);
  });
  if (portFile !== '') writePortFile(portFile, port);
  serving.log.info({ port }, 'listening');

  async function stop(signal: NodeJS.Signals): Promise<void> {
    serving.log.info({ signal }, 'draining');
    await serving.drain();
    process.exit(0);
  }
}

function refuse(problems: readonly string[]): void {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 64;
}
