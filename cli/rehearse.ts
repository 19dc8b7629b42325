import { Command } from 'commander';
import { addFlags, readFlags, runFlags } from './flags.ts';
import { addManual, verdictExits } from './manual.ts';
import { problemsIn, refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

/** `launchstorm rehearse [SCENARIO]`: the main job. */
export function rehearseCommand(): Command {
  const command = new Command('rehearse')
    .description('bring the environment up, play the crowd, break things, put them back, judge')
    .argument('[scenario]', 'a scenario file, or the name of a shipped one', 'launch-day')
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, runFlags), {
    about:
      'On platform local everything is started on this machine and nothing else is touched. Every fault is written down with its undo before ' +
      'it is applied, and is put back on every way out, Ctrl-C included. The report is in runs/latest/report.html. The same seed brings the ' +
      'same players and the same targets.',
    examples: [
      ['launchstorm rehearse', 'the launch day: about a minute and a half'],
      ['launchstorm rehearse launch-day-careless --seed 7', 'the same crowd and faults on a careless service; ends broken'],
      ['launchstorm rehearse --platform compose', 'in containers of its own; LAUNCHSTORM_COMPOSE_PROJECT=name takes those that are there'],
      ['launchstorm rehearse ./market-day.ts --players 200 --json > report.json', 'a scenario of your own, for a script'],
      ['launchstorm rehearse ./market-day.ts --target https://staging.example.com --yes', 'its players on a service that is there already'],
    ],
    exits: verdictExits,
  });
  return command.action(async () => {
    const { flags, operands, problems } = readFlags(command, runFlags, 1);
    const { prepare } = await import('../rehearsal/prepare.ts');
    const prepared = await prepare(operands[0] ?? 'launch-day', flags);
    const ready =
      prepared.ok && flags.engine === 'k6' ? await (await import('../rehearsal/k6/with-k6.ts')).withK6(prepared.value) : prepared;
    const { onlookersOf } = await import('../rehearsal/metrics/onlooker.ts');
    const onlooker = await onlookersOf(flags.metrics, process.env);
    if (!ready.ok || !onlooker.ok || problems.length > 0) {
      return refuse([...problems, ...problemsIn(ready), ...problemsIn(onlooker)], flags.json);
    }
    const { perform } = await import('../rehearsal/perform.ts');
    process.exitCode = await perform(ready.value, terminalOf(flags), onlooker.value);
  });
}
