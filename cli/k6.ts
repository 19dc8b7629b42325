import { Command } from 'commander';
import type { Problem } from '../core/problem.ts';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { addFlags, type Flags, k6Flags, readFlags } from './flags.ts';
import { addManual, verdictExits } from './manual.ts';
import { problemsIn, refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

/** `launchstorm k6 [SCENARIO]`: a scenario's crowd, played by k6. */
export function k6Command(): Command {
  const command = new Command('k6')
    .description("play a scenario's crowd in k6, which judges it by thresholds")
    .argument('[scenario]', 'a scenario file, or the name of a shipped one', 'launch-day')
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, k6Flags), {
    about:
      'k6 is taken from LAUNCHSTORM_K6 or the PATH. The scenario’s environment is started and taken down, or --target is played against as it ' +
      'is. Nothing is broken: windows are those of the timeline, as if somebody did (`rehearse --engine k6` does). A threshold without data is ' +
      'not a pass here. A report is left as by `load`; its figures by second need a k6 with the launchstorm output, and so does --compare.',
    examples: [
      ['launchstorm k6 launch-day --players 500 --for 60s', 'the environment of the scenario, and 500 players'],
      ['launchstorm k6 launch-day --compare --players 60 --for 30s', 'our own players, then the same ones in k6: do their figures agree?'],
      ['launchstorm k6 ./market-day.ts --target https://staging.example.com --yes', 'its players on a service that is there already'],
    ],
    exits: [
      [exitCodes.held, 'every threshold held; with --compare: rate, outcomes and latency agree'],
      [exitCodes.broken, 'a threshold was crossed (k6: 99); with --compare: a figure does not agree'],
      [
        exitCodes.inconclusive,
        'nothing to judge by: an empty run, a window without data, a late generator; with --compare: too little data',
      ],
      ...verdictExits.filter(([code]) => code === exitCodes.sigint || code === exitCodes.sigterm),
    ],
  });
  return command.action(async () => {
    const { flags, operands, problems } = readFlags(command, k6Flags, 1);
    if (flags.compare === true) return compare(operands[0] ?? 'launch-day', flags, problems);
    const { performK6, preparePlay } = await import('../rehearsal/k6/perform-k6.ts');
    const prepared = await preparePlay(operands[0] ?? 'launch-day', flags);
    if (!prepared.ok || problems.length > 0) return refuse([...problems, ...problemsIn(prepared)], flags.json);
    process.exitCode = await performK6(prepared.value, terminalOf(flags));
  });
}

async function compare(scenario: string, flags: Flags, problems: readonly Problem[]): Promise<void> {
  const { performComparison, prepareComparison } = await import('../rehearsal/k6/perform-comparison.ts');
  const prepared = await prepareComparison(scenario, flags);
  if (!prepared.ok || problems.length > 0) return refuse([...problems, ...problemsIn(prepared)], flags.json);
  const voice = terminalOf(flags);
  const comparison = await performComparison(prepared.value, voice);
  if (typeof comparison === 'number') {
    process.exitCode = comparison;
    return;
  }
  const { agreementText } = await import('../rehearsal/k6/agreement-text.ts');
  voice.people.write(agreementText(comparison, voice.columns));
  if (voice.json) process.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  process.exitCode = comparison.exitCode;
}
