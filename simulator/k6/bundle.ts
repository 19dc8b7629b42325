import { programAt } from '../../machine/program.ts';
import type { BodyTemplate } from '../players/request.ts';
import type { ScriptContent } from './script-facts.ts';

const scriptMain = programAt(new URL('./script/k6-main.ts', import.meta.url));

/** One file that plain `k6 run` takes on a machine without this project. Throws where it cannot be bundled. */
export async function bundleScript(content: ScriptContent): Promise<string> {
  return bundle(scriptMain, contentModule(content));
}

/** The entry and all that it imports in one ES module; k6's own modules stay imports. `content` replaces `script/content.ts`. */
export async function bundle(entry: string, content: string): Promise<string> {
  const { rolldown } = await import('rolldown');
  const building = await rolldown({
    input: entry,
    external: /^k6($|\/)/,
    platform: 'neutral',
    // What Sobek, k6's engine, reads in 1.x as in 2.x.
    transform: { target: 'es2020' },
    plugins: [{ name: 'content', load: (id: string) => (/\/script\/content\.[jt]s$/.test(id) ? content : null) }],
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

function contentModule({ facts, pool }: ScriptContent): string {
  return `export const facts = ${JSON.stringify(facts)};\nexport const poolText = ${JSON.stringify(poolTextOf(pool))};\n`;
}

/** A template as k6 needs it: nobody there asks for its length in bytes. */
export function poolTextOf(pool: readonly BodyTemplate[]): string {
  return JSON.stringify(pool);
}
