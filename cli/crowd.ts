import { Command } from 'commander';
import { addFlags, crowdFlags, readFlags } from './flags.ts';
import { addManual } from './manual.ts';
import { problemsIn, refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

/** `launchstorm crowd [SCENARIO]`: the crowd alone. */
export function crowdCommand(): Command {
  const command = new Command('crowd')
    .description('draw the crowd without any service: arrivals, concurrency, rates, popularity, burstiness')
    .argument('[scenario]', 'a scenario file, or the name of a shipped one', 'launch-day')
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, crowdFlags), {
    about:
      'Plays the very players that a rehearsal with the same seed plays, against a service that always has loot and needs no time of this ' +
      'machine. No connection is opened. With --out FILE.html (or a folder, for crowd.html in it) it writes a page too; --json prints all ' +
      'figures. It says how much coming and going a run of this length can show.',
    examples: [
      ['launchstorm crowd launch-day --seed 7', 'the crowd of the launch day, for as long as that would play'],
      ['launchstorm crowd launch-day --players 15000 --for 10m --out crowd.html', 'a launch of 15,000, as a page'],
      ['launchstorm crowd ./market-day.ts --for 2h --json > crowd.json', 'all figures, second by second, for a script'],
    ],
    exits: [[0, 'the crowd was drawn']],
  });
  return command.action(async () => {
    const { flags, operands, problems } = readFlags(command, crowdFlags, 1);
    const { prepareDrawing } = await import('../rehearsal/drawing/prepare-drawing.ts');
    const prepared = await prepareDrawing(operands[0] ?? 'launch-day', flags);
    if (!prepared.ok || problems.length > 0) return refuse([...problems, ...problemsIn(prepared)], flags.json);
    const { performDrawing } = await import('../rehearsal/drawing/perform-drawing.ts');
    await performDrawing(prepared.value, terminalOf(flags));
  });
}
