import type { SourceFile } from '../tracked-files.ts';
import type { Rule } from './finding.ts';
import { isCode, isInside, isTestCode } from './rooms.ts';
import { type BannedWord, findWords } from './words.ts';

/** Words, the files they are banned from, and where in the file they are looked for. */
type Ban = { from: (path: string) => boolean; where: 'code' | 'text'; words: readonly BannedWord[] };

export const bannedWords: Rule = {
  sentence: 'nobody writes what the house has a better word for',
  check: (files) =>
    files.flatMap((file) => bans.filter((ban) => ban.from(file.path)).flatMap((ban) => findWords(file, ban.where, ban.words))),
};

/** This table and its tests have to spell out what they ban. */
const isOwn = (path: string) => isInside(path, 'tools/tidy');
/** Written by npm; an own rule (packages.ts) reads it. */
const isLockfile = (path: string) => path === 'package-lock.json';
const mayPrint = (path: string) =>
  ['cli', 'tools', 'bench', 'simulator/k6/script'].some((room) => isInside(path, room)) || isTestCode(path);

/**
 * Where a date is meant and no length of time: the clock itself, the access log's stamps, a cache server's EXPIREAT and TIME, and until
 * when an entry on disk holds, which is read by the next process.
 */
const wallClockFiles = ['machine/system-clock.ts', 'core/clock.ts', 'service/api/access-log.ts', 'service/treasure-service.ts'];
const mayReadTheWallClock = (path: string) => wallClockFiles.includes(path) || isInside(path, 'protocols/cache');
const monotonic = 'the wall clock jumps: count with `nowMs` of a Clock; a stamp for people is `new Date(clock.wallMs())`';

const bans: readonly Ban[] = [
  {
    from: isCode,
    where: 'code',
    words: [
      { pattern: /\bas\s+any\b/g, remedy: 'say what it is, or take `unknown` and look' },
      { pattern: /\b(const\s+)?enum\s+\w+\s*\{/g, remedy: 'write a union of string literals: Node strips types, it does not compile them' },
      { pattern: /\.\s*only\s*[.(]/g, remedy: 'remove it: the other tests would not run' },
      { pattern: /\.\s*(skip|skipIf|runIf|todo|fails)\s*[.(]/g, remedy: 'repair or delete the test: what is skipped proves nothing' },
    ],
  },
  {
    from: (path) => isCode(path) && !isOwn(path),
    where: 'text',
    words: [
      { pattern: /@ts-(ignore|nocheck)/g, remedy: 'repair the type' },
      { pattern: /\b(TODO|FIXME|XXX)\b/g, remedy: 'do it, or open an issue' },
    ],
  },
  {
    from: (path) => isCode(path) && !mayReadTheWallClock(path) && !isTestCode(path),
    where: 'code',
    words: [
      { pattern: /\bDate\s*\.\s*now\b|\.\s*getTime\s*\(|[-+]\s*new\s+Date\b/g, remedy: monotonic },
      { pattern: /(?<!new Date\([\w.]*)(?<!\bwallMs: [\w.]*)\bwallMs\(\)/g, remedy: monotonic },
    ],
  },
  {
    from: (path) => isCode(path) && !mayPrint(path),
    where: 'code',
    words: [{ pattern: /(?<![.\w])console\s*\.\s*\w+/g, remedy: 'return what there is to say, or take a stream or a log as an argument' }],
  },
  {
    from: (path) => isCode(path) && isInside(path, 'simulator') && !isTestCode(path),
    where: 'code',
    words: [{ pattern: /(?<![.\w])fetch\s*\(/g, remedy: 'use a transport: fetch costs several times as much per request' }],
  },
  {
    from: (path) => !isOwn(path) && !isLockfile(path),
    where: 'text',
    words: [
      { pattern: /\b(language model|chat ?bot|co-authored-by)\b/gi, remedy: 'speak of the project, not of how it is made' },
      { pattern: /\.\.\/shared\/|(?<![\w.@-])\/(work|root)\/\w|\/home\/\w+\//g, remedy: 'paths of one machine mean nothing on another' },
      { pattern: /https?:\/\/registry\.|\bregistry=/g, remedy: 'leave the registry to the configuration of the one who installs' },
    ],
  },
];

/** The files that these words can stand in: what people write, not pictures and binaries. */
export function isWritten({ path }: SourceFile): boolean {
  return /\.(ts|mts|js|mjs|json|md|yml|yaml|sh|toml|rs|css|html|svg)$|(^|\/)(run|Dockerfile|LICENSE|\.npmrc|\.gitignore)$/.test(path);
}
