import { Biome, type Configuration, type Diagnostic } from '@biomejs/js-api/nodejs';
import type { SourceFile } from '../tracked-files.ts';

/** One place that is not as it should be, and what would be right. */
export type LintProblem = { path: string; line: number; column: number; rule: string; problem: string; remedy: string };

export type Linter = { check(file: SourceFile): readonly LintProblem[]; repair(file: SourceFile): string };

/** Biome with the rules of `configuration` (the text of a biome.json); paths are relative to `root`. */
export function openLinter(root: string, configuration: string): Linter {
  const biome = new Biome();
  const { projectKey } = biome.openProject(root);
  biome.applyConfiguration(projectKey, JSON.parse(configuration) as Configuration);
  const format = (path: string, text: string) => biome.formatContent(projectKey, text, { filePath: path }).content;
  return {
    check: ({ path, text }) => {
      const lint = biome.lintContent(projectKey, text, { filePath: path }).diagnostics;
      return [...lint.map((diagnostic) => problemOf(path, text, diagnostic)), ...formatProblem(path, text, format(path, text))];
    },
    repair: ({ path, text }) => {
      const fixed = biome.lintContent(projectKey, text, { filePath: path, fixFileMode: 'safeFixes' }).content;
      return format(path, fixed);
    },
  };
}

function problemOf(path: string, text: string, diagnostic: Diagnostic): LintProblem {
  const [start] = diagnostic.location.span ?? [0, 0];
  // Spans count bytes of UTF-8, columns are for people.
  const before = Buffer.from(text).subarray(0, start).toString().split('\n');
  return {
    path,
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    rule: diagnostic.category ?? 'parse',
    problem: diagnostic.description,
    remedy: remedyOf(diagnostic),
  };
}

function remedyOf(diagnostic: Diagnostic): string {
  if (diagnostic.category?.startsWith('assist/')) return 'Run `npm run fix`.';
  const sentences = diagnostic.advices.advices.flatMap((advice) =>
    'log' in advice ? [advice.log[1].map((part) => part.content).join('')] : [],
  );
  return sentences.length === 0 ? 'see the rule of that name in the documentation of Biome' : sentences.join(' ');
}

function formatProblem(path: string, text: string, formatted: string): readonly LintProblem[] {
  if (text === formatted) return [];
  const wanted = formatted.split('\n');
  const index = text.split('\n').findIndex((line, at) => line !== wanted[at]);
  const line = index < 0 ? wanted.length : index + 1;
  return [{ path, line, column: 1, rule: 'format', problem: 'is not formatted.', remedy: 'Run `npm run fix`.' }];
}

export function writeProblem({ path, line, column, rule, problem, remedy }: LintProblem): string {
  return `${path}:${line}:${column} ${rule}\n    ${problem} ${remedy}`;
}
