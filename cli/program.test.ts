import { expect, test } from 'vitest';
import { commandsFor, launchstorm } from './program.ts';

const all = commandsFor(undefined);

test('a command is loaded by itself, and is what its word says', async () => {
  for (const name of all.filter((each) => each !== 'completion')) {
    expect(commandsFor(name)).toEqual([name]);
    const { commands } = await launchstorm([name]);
    expect(commands.map((command) => command.name())).toEqual([name]);
  }
});

test.each([[undefined], ['--help'], ['-h'], ['help'], ['completion'], ['rehaerse'], ['toString'], ['--seed']])(
  'every command is there for the word %s',
  (word) => {
    expect(commandsFor(word)).toEqual(all);
  },
);

test.each([['--version'], ['-V']])('no command is needed for %s', async (word) => {
  expect(commandsFor(word)).toEqual([]);
  const program = (await launchstorm([])).configureOutput({ writeOut: () => {} });
  await expect(program.parseAsync([word], { from: 'user' })).rejects.toMatchObject({ code: 'commander.version', exitCode: 0 });
});
