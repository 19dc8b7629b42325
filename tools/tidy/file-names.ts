import { basename } from 'node:path';
import type { Rule } from './finding.ts';
import { isCode } from './rooms.ts';

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.ci|\.long)?(\.test|\.config|\.browser|\.d)?\.(ts|mts|js|mjs)$/;

export const fileNames: Rule = {
  sentence: 'files of code are kebab-case nouns',
  check: (files) =>
    files
      .filter(({ path }) => isCode(path) && !kebabCase.test(basename(path)))
      .map(({ path }) => ({ path, line: 0, problem: 'is no kebab-case name', remedy: 'small letters, digits and hyphens: pod-kill.ts' })),
};
