import type { z } from 'zod';
import type { Problem } from '../core/problem.ts';

type Issue = z.core.$ZodIssue;

/** A schema's own message may carry its remedy: `is no duration -> write for example 15s`. */
const remedyMark = ' -> ';

/** One issue of a schema as problems with place and remedy: unknown keys by name, a union by the alternative that came closest. */
export function problemsOf(issue: Issue, place: string): readonly Problem[] {
  const at = [place, pathText(issue.path)].filter((part) => part !== '').join(': ');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(`${at}${issue.path.length === 0 ? ': ' : '.'}${key}`));
  if (issue.message.includes(remedyMark)) return [withOwnRemedy(at, issue.message)];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closestOf(issue.errors).flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, place));
  }
  return [{ place: at, problem: issue.message, remedy: remedyOf(issue) }];
}

/** `timeline[1].fault.kind` */
function pathText(path: Issue['path']): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function unknownKey(place: string): Problem {
  return { place, problem: 'is not known here', remedy: 'remove it, or check its spelling' };
}

function withOwnRemedy(place: string, message: string): Problem {
  const [problem, remedy] = message.split(remedyMark) as [string, string];
  return { place, problem, remedy };
}

/** The alternative with the fewest issues, and of those the one that fails deepest: most of it was right. */
function closestOf(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));
  return [...alternatives].sort((left, right) => left.length - right.length || depth(right) - depth(left))[0] ?? [];
}

function remedyOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `give ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_value':
      return `one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return `it must match ${issue.pattern ?? issue.format}`;
    default:
      return 'choose one of those that the message names';
  }
}
