import { knownTables } from '../../core/known-tables.ts';
import { programAt } from '../../machine/program.ts';
import { type Crowd, createPlayer } from '../crowd/crowd.ts';
import type { ScriptContent } from './script-facts.ts';

const scriptMain = programAt(new URL('./script/k6-main.ts', import.meta.url));

/** One file that plain `k6 run` takes on a machine without this project. Throws where it cannot be bundled. */
export async function bundleScript({ facts, pool }: ScriptContent): Promise<string> {
  workOutTables(facts.crowd);
  return bundle(scriptMain, {
    '/script/content': `export const facts = ${JSON.stringify(facts)};\nexport const poolText = ${textOf(JSON.stringify(pool))};\n`,
    '/core/brought-along': `export const broughtAlong = ${JSON.stringify(knownTables())};\n`,
    '/players/table': facts.crowd.mix,
  });
}

/** Modules by the end of their path: their text, or, of the table of personas, who is to be left in it. */
type Replaced = { readonly [path: string]: string | Crowd['mix'] };

/** The entry and all that it imports in one ES module; k6's own modules stay imports. */
export async function bundle(entry: string, replaced: Replaced): Promise<string> {
  const { rolldown } = await import('rolldown');
  const building = await rolldown({
    input: entry,
    external: /^k6($|\/)/,
    platform: 'neutral',
    // What Sobek, k6's engine, reads in 1.x as in 2.x.
    transform: { target: 'es2020' },
    // What nobody asks for is left out, whatever it would have worked out when loaded.
    treeshake: { moduleSideEffects: false },
    plugins: [{ name: 'content', transform: (code: string, id: string) => replacement(code, id, replaced) }],
    onLog: (_level, log) => {
      throw new Error(log.message);
    },
  });
  try {
    const { output } = await building.generate({ format: 'esm', minify: { compress: true, mangle: false, codegen: false } });
    return output[0].code;
  } finally {
    await building.close();
  }
}

function replacement(code: string, id: string, replaced: Replaced): string | null {
  const path = Object.keys(replaced).find((end) => id.replace(/\.[jt]s$/, '').endsWith(end));
  const content = path === undefined ? undefined : replaced[path];
  if (content === undefined) return null;
  return typeof content === 'string' ? content : withoutAbsent(code, content);
}

/** The table of personas without those who do not play: each would be read and prepared once for every player. */
function withoutAbsent(code: string, mix: Crowd['mix']): string {
  return code.replace(/^\s+(?:'([\w-]+)': \w+|(\w+)),$/gm, (row, quoted?: string, plain?: string) =>
    (mix[quoted ?? plain ?? ''] ?? 0) > 0 ? row : '',
  );
}

/** Players enough that each world is entered, before and after each patch: what they look up is worked out here. */
function workOutTables(crowd: Crowd): void {
  const patchesAtMs = (crowd.space?.events ?? []).flatMap((event) => (event.kind === 'patch-day' ? [event.atMs] : []));
  for (const atMs of [0, ...patchesAtMs]) for (let journey = 0; journey < 200; journey++) createPlayer(crowd, journey, atMs);
}

/** As a literal that is no line of 400,000 columns for whoever opens the file. */
function textOf(text: string): string {
  return JSON.stringify(text);
}
