import type { SourceFile } from '../tracked-files.ts';
import type { Finding, Rule } from './finding.ts';
import { resolvePath } from './imports.ts';
import { isInside, type Room, roomOf, rooms } from './rooms.ts';

/** A page that names a file which is gone is stale; decisions are history and may. Links must lead somewhere in any page. */
export const pages: Rule = {
  sentence: 'pages name files that exist',
  check: (files) => {
    const paths = new Set(files.map((file) => file.path));
    const exists = (path: string) => paths.has(path) || [...paths].some((each) => isInside(each, path.replace(/\/$/, '')));
    const written = files.filter((file) => file.path.endsWith('.md'));
    return [...written.flatMap((file) => [...links(file, exists), ...mentions(file, exists)]), ...map(written, exists)];
  },
};

type Exists = (path: string) => boolean;

function links({ path, text }: SourceFile, exists: Exists): readonly Finding[] {
  return eachMatch(text, /\]\(([^)\s#]+)(?:#[^)]*)?\)/g).flatMap(({ line, name }) => {
    if (/^[a-z]+:/.test(name) || exists(resolvePath(path, name))) return [];
    return [{ path, line, problem: `links to ${name}, which is not there`, remedy: 'correct the link' }];
  });
}

/** The map shows every room that is there, and none that is not. */
function map(written: readonly SourceFile[], exists: Exists): readonly Finding[] {
  const path = 'ARCHITECTURE.md';
  const text = written.find((file) => file.path === path)?.text;
  if (text === undefined) return [];
  return (Object.keys(rooms) as Room[]).flatMap((room) => {
    const shown = text.includes(`| \`${room}/\` |`);
    if (shown === exists(room)) return [];
    return [
      {
        path,
        line: 0,
        problem: shown ? `shows ${room}/, which is empty` : `does not show ${room}/`,
        remedy: 'keep the table of rooms true',
      },
    ];
  });
}

/** `room/file.ts` in backticks, without a placeholder in it. */
function mentions({ path, text }: SourceFile, exists: Exists): readonly Finding[] {
  if (isInside(path, 'docs/decisions')) return [];
  return eachMatch(text, /`([\w./-]+\/[\w.-]+\.(?:ts|json|md|yml|yaml|toml|rs))`/g).flatMap(({ line, name }) => {
    if (roomOf(name) === null || exists(name)) return [];
    return [{ path, line, problem: `names ${name}, which is not there`, remedy: 'say what is there now' }];
  });
}

function eachMatch(text: string, pattern: RegExp): readonly { line: number; name: string }[] {
  return text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(pattern)].map((match) => ({ line: index + 1, name: match[1] as string })));
}
