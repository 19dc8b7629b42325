import { optionsSchema, readOptions } from './option-reading.ts';
import { writePortFile } from './port-file.ts';
import { openTreasureService } from './treasure-service.ts';

/**
 * The reference treasure service: `node service/main.ts`, configured by TREASURE_* variables.
 * `--print-schema` prints what can be configured. Exit codes: 0 drained after SIGTERM or SIGINT, 64 wrong configuration,
 * 71 could not listen, 70 anything unforeseen.
 */
async function main(args: readonly string[]): Promise<void> {
  if (args.length === 1 && args[0] === '--print-schema') {
    process.stdout.write(`${JSON.stringify(optionsSchema(), null, 2)}\n`);
    return;
  }
  if (args.length > 0) return refuse([`unknown argument ${JSON.stringify(args[0])}; only --print-schema is known`]);
  const reading = readOptions(process.env);
  if (!reading.ok) return refuse(reading.problems.map(({ variable, problem, remedy }) => `${variable} ${problem}\n  -> ${remedy}`));
  await serve(reading.options);
}

async function serve(options: Parameters<typeof openTreasureService>[0]): Promise<void> {
  const service = openTreasureService(options);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('uncaughtException', (error) => {
    service.log.fatal({ err: error }, 'unforeseen');
    process.exit(70);
  });
  const port = await service.listen().catch((error: Error) => {
    service.log.fatal({ err: error }, 'cannot listen');
    process.exit(71);
  });
  if (options.portFile !== '') writePortFile(options.portFile, port);
  service.log.info({ port }, 'listening');

  async function stop(signal: NodeJS.Signals): Promise<void> {
    service.log.info({ signal }, 'draining');
    await service.drain();
    process.exit(0);
  }
}

function refuse(problems: readonly string[]): void {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 64;
}

await main(process.argv.slice(2));
