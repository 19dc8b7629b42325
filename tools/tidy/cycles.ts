import type { Finding, Rule } from './finding.ts';
import { importsOf } from './imports.ts';
import { isCode } from './rooms.ts';

/** Imports of values only: types vanish, and two files may well speak of each other's. */
export const cycles: Rule = {
  sentence: 'no file imports itself, straight or around corners',
  check: (files) => {
    const graph = new Map(files.filter((file) => isCode(file.path)).map((file) => [file.path, valueTargets(importsOf(file))]));
    return findCycles(graph).map(
      (cycle): Finding => ({
        path: cycle[0] as string,
        line: 0,
        problem: `is imported by what it imports (${[...cycle, cycle[0]].join(' -> ')})`,
        remedy: 'move what both need into a file of its own',
      }),
    );
  },
};

type Graph = ReadonlyMap<string, readonly string[]>;

function valueTargets(imports: ReturnType<typeof importsOf>): readonly string[] {
  return imports.flatMap((each) => (each.kind === 'value' && each.target !== null ? [each.target] : []));
}

/** Depth first; an edge back to a file that is still being visited closes a cycle. Each file is entered once. */
function findCycles(graph: Graph): readonly (readonly string[])[] {
  const found: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    state.set(path, 'open');
    trail.push(path);
    for (const target of graph.get(path) ?? []) {
      if (state.get(target) === 'open') found.push(trail.slice(trail.indexOf(target)));
      else if (!state.has(target)) visit(target);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of graph.keys()) if (!state.has(path)) visit(path);
  return found;
}
