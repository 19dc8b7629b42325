import { stripVTControlCharacters } from 'node:util';

/** A line of progress: `21.4 s  during pod-kill: 400 players, …`. */
const timed = /^(\d+ m )?\d+(\.\d+)? s {2}([^:]+): /;
/** What the conductor says between the phases, and what only its own author wants to see. */
const aside = /^(steady state|arming|undoing|players (join|leave)$| {2}\d+ pods of environment)/;

/** The essential lines of a recorded rehearsal: of the progress one line per fault, then everything that stands at its end. */
export function excerptOf(output: string): string {
  const lines = stripVTControlCharacters(output).replaceAll('\r', '').trimEnd().split('\n');
  const endsAt = lines.findLastIndex((line) => /^window\s/.test(line));
  if (endsAt < 0) throw new Error('holds no table of windows: record a rehearsal to its end, with `> file 2>&1`');
  const titleAt = lines.slice(0, endsAt).findLastIndex((line) => timed.test(line) || aside.test(line)) + 1;
  const progress = progressOf(lines.slice(0, titleAt));
  return [...progress, '', ...lines.slice(titleAt).map(withoutFolders)].join('\n');
}

/** The last word on each fault while it lasts: by then its effect shows. */
function progressOf(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => {
    const phase = phaseOf(line);
    if (phase === null) return false;
    return phase.startsWith('during') && !lines.slice(index + 1).some((later) => phaseOf(later) === phase);
  });
}

function phaseOf(line: string): string | null {
  return timed.exec(line)?.[3] ?? null;
}

/** A path of the machine on which it was recorded says nothing on another. */
function withoutFolders(line: string): string {
  return line.replace(/(Report\s+)\S*\/(runs\/)/, '$1$2');
}

/** Puts text between `<!-- excerpt:name -->` and `<!-- /excerpt -->`, as a block that is shown as it is. */
export function fill(page: string, name: string, text: string): string {
  const open = `<!-- excerpt:${name} -->`;
  const close = '<!-- /excerpt -->';
  const from = page.indexOf(open);
  const to = page.indexOf(close, from);
  if (from < 0 || to < 0) throw new Error(`has no place between ${open} and ${close}`);
  return `${page.slice(0, from + open.length)}\n\`\`\`\n${text}\n\`\`\`\n${page.slice(to)}`;
}
