import { commandLine } from '../../machine/program.ts';
import { approachWords, shellWord } from '../approach.ts';
import type { Wishes } from '../prepare.ts';

/** One command line that has the same players play again. */
export function k6Line(scenarioPath: string, seed: number, wishes: Wishes & { compare?: boolean }): string {
  const given = [
    wishes.compare === true ? ['--compare'] : [],
    ['--seed', String(seed)],
    wishes.players === undefined ? [] : ['--players', String(wishes.players)],
    wishes.for === undefined ? [] : ['--for', `${wishes.for / 1000}s`],
    wishes.target === undefined ? [] : ['--target', shellWord(wishes.target)],
    approachWords(wishes),
  ].flat();
  return [commandLine('k6'), shellWord(scenarioPath), ...given].join(' ');
}
