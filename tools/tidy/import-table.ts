import type { Finding, Rule } from './finding.ts';
import { type Import, importsOf } from './imports.ts';
import { isCode, isInside, isTestCode, type Room, roomOf, rooms, typesOnly } from './rooms.ts';

/** Who may import whom, for types as well as values: a room that knows another one's types knows that room. */
export const importTable: Rule = {
  sentence: 'rooms import only from the rooms that the table allows',
  check: (files) =>
    files
      .filter((file) => isCode(file.path))
      .flatMap((file) => importsOf(file).flatMap((each) => [...judgeTarget(file.path, each), ...judgeKind(file.path, each)])),
};

function judgeTarget(path: string, each: Import): readonly Finding[] {
  const from = roomOf(path);
  if (from === null || each.target === null || each.kind === 'address' || isTestUse(path, each.target)) return [];
  const to = roomOf(each.target);
  if (to !== null && mayImport(from, to)) return [];
  const allowed = rooms[from].length === 0 ? 'nothing but itself' : rooms[from].join(', ');
  return [
    {
      path,
      line: each.line,
      problem: `${from} imports ${each.target}`,
      remedy: `${from} may import ${allowed}; take what you need as an argument, or move the common word to core`,
    },
  ];
}

/** Tests take fixtures from anywhere. Inside the simulator a test may play a whole crowd, on the machine's own clock too. */
function isTestUse(path: string, target: string): boolean {
  if (!isTestCode(path)) return false;
  if (/(^|\/)fixtures\//.test(target)) return true;
  return isInside(path, 'simulator') && (isInside(target, 'simulator') || isInside(target, 'machine'));
}

function mayImport(from: Room, to: Room): boolean {
  if (from === to) return true;
  // A room named as a whole (`simulator`) stands for all of its parts.
  return (rooms[from] as readonly string[]).some((allowed) => to === allowed || (allowed === 'simulator' && to.startsWith('simulator/')));
}

function judgeKind(path: string, each: Import): readonly Finding[] {
  const room = roomOf(path);
  if (room === null || !typesOnly.includes(room) || each.kind === 'type' || isTestCode(path)) return [];
  return [{ path, line: each.line, problem: `${room} imports values of ${each.specifier}`, remedy: 'declarations use `import type`' }];
}
