import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardTexts } from './dashboards/texts.ts';

/** Writes the dashboards in the form that Grafana reads: `node tools/dashboards.ts`. A stale one fails tier `test`. */

const root = join(import.meta.dirname, '..');

for (const { path, text, breaches } of dashboardTexts(root)) {
  writeFileSync(join(root, path), text);
  process.stdout.write(`${path}\n${breaches.map((each) => `  ${each}\n`).join('')}`);
  if (breaches.length > 0) process.exitCode = 1;
}
