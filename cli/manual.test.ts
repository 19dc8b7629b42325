import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { crowdFlags, type FlagName, loadFlags, planFlags, readFlags, runFlags, variableOf } from './flags.ts';
import { launchstorm } from './program.ts';

const names = (await launchstorm()).commands.map((command) => command.name());

describe.each(names)('launchstorm %s --help', (name) => {
  test('says what the command does, shows an example and the exit codes', async () => {
    const page = await helpOf(name);
    expect(page).toMatch(new RegExp(`^Usage: launchstorm ${name}`));
    expect(examplesIn(page)).not.toEqual([]);
    expect(page).toMatch(/\n {3}64 {2}wrong usage/);
  });

  test('shows examples that the command understands', async () => {
    for (const line of examplesIn(await helpOf(name))) {
      const command = await parsed(line);
      expect(command.name()).toBe(name);
      const checked = readFlags(command, flagsOf(command), command.registeredArguments.length);
      expect({ line, problems: checked.problems }).toEqual({ line, problems: [] });
    }
  });

  test('names the variable of every common option', async () => {
    const page = await helpOf(name);
    for (const flag of flagsOf(named(await launchstorm(), name))) {
      if (flag !== 'header') expect(page).toContain(`[${variableOf(flag)}]`);
    }
  });
});

test('an example with a wrong option or a wrong value would be found', async () => {
  const command = await parsed('launchstorm rehearse --players many --sede');
  const checked = readFlags(command, flagsOf(command), 1);
  expect(checked.problems.map(({ place }) => place)).toEqual(['--players', '--sede']);
  await expect(parsed('launchstorm status --jsno')).rejects.toThrow('unknown option');
});

test('the list of commands shows one line for each of them', async () => {
  const page = await helpOf(null);
  for (const command of (await launchstorm()).commands) expect(page.replace(/\s+/g, ' ')).toContain(command.summary());
});

/** What the program prints for `--help`, without a process of its own. */
async function helpOf(name: string | null): Promise<string> {
  const program = await launchstorm();
  const printed: string[] = [];
  for (const command of [program, ...program.commands]) command.configureOutput({ writeOut: (text) => void printed.push(text) });
  const help = program.parseAsync([...(name === null ? [] : [name]), '--help'], { from: 'user' });
  await expect(help).rejects.toMatchObject({ code: 'commander.helpDisplayed', exitCode: 0 });
  return printed.join('');
}

/** Whole command lines; what stands below one of them is further to the right. */
function examplesIn(page: string): readonly string[] {
  return [...page.matchAll(/^ {2}(launchstorm .*)$/gm)].map((match) => match[1] as string);
}

/** The command as it is after it was parsed, and nothing of it done. What a shell does with the rest is not ours. */
async function parsed(line: string): Promise<Command> {
  const program = await launchstorm();
  for (const command of program.commands) command.action(() => {}).configureOutput({ writeErr: () => {} });
  const [, ...words] = line.replace(/ >.*$/, '').split(' ');
  await program.parseAsync(words, { from: 'user' });
  return named(program, words[0] as string);
}

function named(program: Command, name: string): Command {
  return program.commands.find((command) => command.name() === name) as Command;
}

function flagsOf(command: Command): readonly FlagName[] {
  const all = new Set([...runFlags, ...loadFlags, ...planFlags, ...crowdFlags]);
  const own = command.options.map((option) => option.attributeName());
  return [...all].filter((name) => own.includes(name) && ['rehearse', 'plan', 'load', 'crowd'].includes(command.name()));
}
