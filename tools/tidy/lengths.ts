import type { SourceFile } from '../tracked-files.ts';
import { maskLiterals } from './code-mask.ts';
import type { Finding, Rule } from './finding.ts';
import { functionsOf } from './functions.ts';
import { importsOf } from './imports.ts';
import { isCode, isTestCode } from './rooms.ts';

const columnsMax = 140;
/** Of a line that is long only for the literal text it holds: a message or a piece of a page is not clearer in pieces. */
const columnsWithTextMax = 240;
const functionLinesMax = 70;
const parametersMax = 4;
const fileLinesMax = 300;

/** Files that would be less clear if they were cut, each with the reason. */
const longFilesAllowed: { readonly [path: string]: string } = {};

export const lengths: Rule = {
  sentence: 'lines, functions, parameter lists and files have a length that a reader can hold',
  check: (files) =>
    files
      .filter((file) => isCode(file.path))
      .flatMap((file) => [...longLines(file), ...longFile(file), ...(isTest(file) ? [] : longFunctions(file))]),
};

function longLines({ path, text }: SourceFile): readonly Finding[] {
  const masked = maskLiterals(text).split('\n');
  return text.split('\n').flatMap((line, index) => {
    const columns = line.length - blanked(line, masked[index] as string);
    // An address cannot be broken.
    if ((columns <= columnsMax && line.length <= columnsWithTextMax) || /https?:\/\/\S{60}/.test(line)) return [];
    const remedy = `at most ${columnsMax}, with literal text ${columnsWithTextMax}: break the line`;
    return [{ path, line: index + 1, problem: `has ${line.length} columns`, remedy }];
  });
}

/** How many characters of the line are the inside of a literal. */
function blanked(line: string, masked: string): number {
  let count = 0;
  for (let at = 0; at < line.length; at++) if (line[at] !== masked[at]) count++;
  return count;
}

function longFile({ path, text }: SourceFile): readonly Finding[] {
  const lines = text.split('\n').length - 1;
  if (lines <= fileLinesMax || path in longFilesAllowed) return [];
  return [{ path, line: 0, problem: `has ${lines} lines`, remedy: `at most ${fileLinesMax}: one concept, one file` }];
}

/** Tests tell a story in one piece and are free, as are the suites that they share. */
function isTest(file: SourceFile): boolean {
  return isTestCode(file.path) || importsOf(file).some(({ specifier }) => specifier === 'vitest');
}

function longFunctions({ path, text }: SourceFile): readonly Finding[] {
  return functionsOf(text).flatMap(({ name, line, lines, parameters }) => {
    const found: Finding[] = [];
    if (lines > functionLinesMax) {
      found.push({ path, line, problem: `${name} has ${lines} lines`, remedy: `at most ${functionLinesMax}: give its parts names` });
    }
    if (parameters > parametersMax) {
      found.push({
        path,
        line,
        problem: `${name} has ${parameters} parameters`,
        remedy: `at most ${parametersMax}: take one object with names`,
      });
    }
    return found;
  });
}
