import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardFiles } from '../../dashboards/files.ts';
import { breaches, type ClassicDashboard } from '../../dashboards/linter.ts';
import { openLinter } from '../lint/linter.ts';

/** Every dashboard as its file should be now, and what is wrong with it. */
export function dashboardTexts(root: string): readonly { path: string; text: string; breaches: readonly string[] }[] {
  const linter = openLinter(root, readFileSync(join(root, 'biome.json'), 'utf8'));
  return Object.entries(dashboardFiles).map(([name, dashboard]) => {
    const path = `dashboards/json/${name}`;
    const text = JSON.stringify(dashboard, null, 2);
    return { path, text: linter.repair({ path, text: `${text}\n` }), breaches: breaches(JSON.parse(text) as ClassicDashboard) };
  });
}
