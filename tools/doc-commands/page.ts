/**
 * A page of the documentation as a reader follows it, read from its fences:
 *   sh             command lines, run one by one; `# … exit code 64` behind one says that it ends so
 *   sh plays       the same, for those that take their time: they play a crowd, or run the tests of a room
 *   sh docker      the same, and they need a Docker engine: run only where a test has one of its own
 *   sh k6          the same, and they need a k6 and something to play against: run only where a test has both
 *   sh no-run      what must not run in a test; the test lists each with the reason
 *   text           what the command above prints, line by line; `…` stands for any lines
 *   ts some/file   a file to write (any language)
 *   diff some/file an edit: ` ` and `-` lines are there before, ` ` and `+` lines afterwards; `…` stands for what is kept of a line
 */
export type Page = { path: string; steps: readonly Step[] };

export type Step = { line: number } & (
  | { does: 'run'; when: When; command: string; exitCode: number }
  | { does: 'see'; when: When; text: string }
  | { does: 'write'; path: string; text: string }
  | { does: 'edit'; path: string; from: string; to: string }
);

export type When = 'always' | 'plays' | 'docker' | 'k6' | 'never';

type Fence = { line: number; words: readonly string[]; body: string };

export function readPage(path: string, text: string): Page {
  const steps: Step[] = [];
  for (const fence of fencesOf(text)) steps.push(...stepsOf(fence, steps));
  return { path, steps };
}

function stepsOf({ line, words, body }: Fence, before: readonly Step[]): readonly Step[] {
  const [language, detail] = words;
  if (language === 'sh') return commandsOf(body, line, whenOf(detail));
  if (language === 'text') return seen(body, line, before);
  if (detail === undefined) return [];
  return [language === 'diff' ? { line, does: 'edit', path: detail, ...sidesOf(body) } : { line, does: 'write', path: detail, text: body }];
}

/** What is shown behind a command is its output, and is there to look at when the command was run. */
function seen(text: string, line: number, before: readonly Step[]): readonly Step[] {
  const last = before.at(-1);
  return last?.does === 'run' ? [{ line, does: 'see', when: last.when, text }] : [];
}

function whenOf(detail: string | undefined): When {
  if (detail === undefined) return 'always';
  if (detail === 'plays' || detail === 'docker' || detail === 'k6') return detail;
  if (detail === 'no-run') return 'never';
  throw new Error(`a fence says "sh ${detail}": write sh, sh plays, sh docker, sh k6 or sh no-run`);
}

function commandsOf(body: string, from: number, when: When): readonly Step[] {
  return body.split('\n').flatMap((text, index) => {
    const command = text.trim();
    if (command === '' || command.startsWith('#')) return [];
    return [
      { line: from + index + 1, does: 'run' as const, when, command, exitCode: Number(/#.*\bexit code (\d+)/.exec(command)?.[1] ?? 0) },
    ];
  });
}

function sidesOf(body: string): { from: string; to: string } {
  const lines = body.split('\n').filter((line) => line !== '');
  const side = (sign: string) => lines.filter((line) => line.startsWith(' ') || line.startsWith(sign)).map((line) => `${line.slice(1)}\n`);
  return { from: side('-').join(''), to: side('+').join('') };
}

function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(/^```([^\n`]+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    line: markdown.slice(0, match.index).split('\n').length,
    words: (match[1] as string).trim().split(/\s+/),
    body: match[2] as string,
  }));
}
