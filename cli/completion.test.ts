import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { wordsOf } from './completion.ts';
import { bashScript, fishScript, zshScript } from './completion-scripts.ts';
import { launchstorm } from './program.ts';

const words = wordsOf(await launchstorm());

describe('completion for bash', () => {
  test('knows every command, and nothing else, for the first word', async () => {
    const commands = (await launchstorm()).commands.map((command) => command.name());
    expect(completed('').sort()).toEqual([...commands, 'help', '--help', '--version'].sort());
    expect(completed('re')).toEqual(['rehearse', 'recover', 'render']);
  });

  test('knows the shipped scenarios and the options of a command', () => {
    expect(completed('rehearse', 'launch-day')).toEqual(expect.arrayContaining(['launch-day', 'launch-day-careless']));
    expect(completed('rehearse', '--se')).toEqual(['--seed']);
    expect(completed('halt', '--')).toEqual(['--lift', '--help']);
  });

  test('knows the words that an argument chooses from', () => {
    expect(completed('new', '')).toEqual(expect.arrayContaining(['scenario', 'persona', 'fault']));
    expect(completed('completion', 'z')).toEqual(['zsh']);
    expect(completed('help', 'do')).toEqual(['doctor']);
  });

  test('leaves a file, and the value of an option, to the shell', () => {
    expect(completed('rehearse', './my')).toEqual([]);
    expect(completed('rehearse', '--out', '')).toEqual([]);
    expect(bashScript(words)).toContain('complete -o default');
  });
});

describe('completion for zsh and fish', () => {
  test.each([
    ['zsh', zshScript],
    ['fish', fishScript],
  ] as const)('%s is told every command, option and scenario', (_shell, script) => {
    const text = script(words);
    for (const { name, operands, options } of words) {
      for (const word of [name, ...operands]) expect(text).toContain(word);
      for (const { flag } of options) expect(text).toContain(flag.replace(/^--?/, ''));
    }
  });

  test.each([
    ['zsh', zshScript, ['-n', '-c']],
    ['fish', fishScript, ['--no-execute', '-c']],
  ] as const)('%s accepts the script, where it is installed', (shell, script, args) => {
    if (!isInstalled(shell)) return;
    expect(() => execFileSync(shell, [...args, script(words)], { stdio: 'pipe' })).not.toThrow();
  });

  test('a quote or a bracket in a help text ends nothing', () => {
    const hostile = [
      { name: 'a', summary: "it's", operands: [], files: true, options: [{ flag: '--b', help: "[x]: 'y'", takesValue: false }] },
    ];
    expect(fishScript(hostile)).toContain("'it'\\''s'");
    expect(zshScript(hostile)).toContain("'--b[\\[x\\]\\: '\\''y'\\'']'");
    execFileSync('bash', ['-n', '-c', bashScript(hostile)]);
  });
});

/** What bash would offer for the last of these words behind `launchstorm`. */
function completed(...line: readonly string[]): string[] {
  const ask = 'COMP_WORDS=(launchstorm "$@"); COMP_CWORD=$#; _launchstorm; [ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\\n" "${COMPREPLY[@]}"';
  const offered = execFileSync('bash', ['-c', `${bashScript(words)}\n${ask}`, 'bash', ...line], { encoding: 'utf8' });
  return offered.split('\n').filter((word) => word !== '');
}

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
