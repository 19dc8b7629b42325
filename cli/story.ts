import { Command } from 'commander';
import { exitCodes } from '../rehearsal/exit-code.ts';
import { addFlags, readFlags, storyFlags } from './flags.ts';
import { addManual } from './manual.ts';
import { refuse } from './problems.ts';
import { terminalOf } from './terminal.ts';

/** `launchstorm story`: the founding story, replayed. */
export function storyCommand(): Command {
  const command = new Command('story')
    .description('play the founding story: what it said, and what was measured here')
    .allowUnknownOption()
    .allowExcessArguments();
  addManual(addFlags(command, storyFlags), {
    about:
      'Plays each crowd on each environment of the story, one after the other, in under ten minutes, then prints one table: the sentence, its ' +
      'figure, what was measured, real or modelled, and a verdict. Everything is started on this machine and put back. In the repository ' +
      'docs/story.md is written anew; with --out the page, story.json and the folder of each play are in that folder instead.',
    examples: [
      ['launchstorm story', 'all of it, with a fresh seed'],
      ['launchstorm story --only 1,3 --seed 7', 'the flatline and the garbage collection, as seed 7 plays them'],
      ['launchstorm story --json > story.json', 'for a script'],
    ],
    exits: [
      [exitCodes.held, 'every deciding row was reached'],
      [exitCodes.broken, 'a row of 1 to 4, 6 or 8 to 11 was missed or not shown'],
      [exitCodes.inconclusive, 'nothing could be measured'],
      [exitCodes.restoreFailed, 'something could not be put back; the story ended there'],
      [exitCodes.sigint, 'interrupted by Ctrl-C, after restoring'],
      [exitCodes.sigterm, 'ended by SIGTERM, after restoring'],
    ],
  });
  return command.action(async () => {
    const { flags, problems } = readFlags(command, storyFlags, 0);
    const { prepareStory, tellStory } = await import('../rehearsal/story/tell-story.ts');
    const prepared = await prepareStory(flags);
    const all = [...problems, ...(prepared.ok ? [] : prepared.problems)];
    if (!prepared.ok || all.length > 0) return refuse(all, flags.json);
    process.exitCode = await tellStory(prepared.value, terminalOf(flags));
  });
}
