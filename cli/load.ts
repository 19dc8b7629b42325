import { Command } from 'commander';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { addFlags, loadFlags, readFlags } from './flags.ts';
import { addManual, verdictExits } from './manual.ts';
import { problemsIn, refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

/** `launchstorm load URL`: players only, no faults, against anything that speaks the treasure API. */
export function loadCommand(): Command {
  const command = new Command('load')
    .description('players only, no faults, against anything that speaks the treasure API')
    .argument('[url]', 'origin and optional base path')
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, loadFlags), {
    about:
      'Nothing is started and nothing is broken. Outside of this machine, by the addresses that the name leads to, it needs --yes: only ' +
      'play against what you may play against. Redirects are not followed, and answers are not unpacked. Another API than the treasure ' +
      'API is played by `rehearse SCENARIO --target URL` with an `api` in the scenario.',
    examples: [
      ['launchstorm load http://127.0.0.1:8080 --players 50 --for 30s --seed 7', 'a service on this machine'],
      ['launchstorm load https://staging.example.com/game --players 200 --for 5m --yes', 'another one, under a base path'],
      [
        'launchstorm load https://staging.example.com --headers-file staging.headers --ca company-ca.pem --yes',
        'with a token that no other user of this machine sees, and an authority of your own',
      ],
    ],
    exits: [
      [exitCodes.held, 'something of use came; the report says how much, and how fast'],
      [exitCodes.broken, 'complete answers came, and none of them was of use to a player'],
      [exitCodes.inconclusive, 'not one complete answer came, or the generator was late: nothing to judge by'],
      ...verdictExits.filter(([code]) => code === exitCodes.sigint || code === exitCodes.sigterm),
    ],
  });
  return command.action(async () => {
    const { flags, operands, problems } = readFlags(command, loadFlags, 1);
    const { prepareLoad } = await import('../rehearsal/prepare-load.ts');
    const prepared = await prepareLoad(operands[0], flags);
    const { onlookersOf } = await import('../rehearsal/metrics/onlooker.ts');
    const onlooker = await onlookersOf(flags.metrics, process.env);
    if (!prepared.ok || !onlooker.ok || problems.length > 0) {
      return refuse([...problems, ...problemsIn(prepared), ...problemsIn(onlooker)], flags.json);
    }
    const { performLoad } = await import('../rehearsal/perform-load.ts');
    process.exitCode = await performLoad(prepared.value, terminalOf(flags), onlooker.value);
  });
}
