import { expect, test } from 'vitest';
import { toldEvidence } from './fixtures/evidence.ts';
import { exitCodeOfRows, judgeRows, playsTold, type StoryTable } from './judge.ts';
import { playsFor, storyRows } from './rows.ts';
import { storyPage } from './story-page.ts';
import { storyText } from './story-text.ts';

function tableOf(): StoryTable {
  const evidence = toldEvidence();
  const rows = judgeRows(storyRows, evidence);
  const plays = playsTold(playsFor(storyRows), evidence, { bandaid: '--out: no room on the disk | at all' });
  return { format: 'launchstorm.story/1', seed: 7, commit: null, durationMs: 301_000, rows, plays, exitCode: exitCodeOfRows(rows) };
}

test.each([80, 100, 160])('at %d columns every word of the table is there, and no line is longer', (columns) => {
  const text = storyText(tableOf(), { color: false, columns });
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  const words = text.split(/\s+/);
  for (const row of tableOf().rows) for (const word of `${row.id} ${row.verdict}`.split(' ')) expect(words).toContain(word);
});

test('colour is for verdicts only, and only where somebody wants it', () => {
  expect(storyText(tableOf(), { color: true, columns: 100 })).toContain('\u001B[32mreached');
  expect(storyText(tableOf(), { color: false, columns: 100 })).not.toContain('\u001B');
});

test('the page has a line for every row, every play and every input of the model, and says what was not played', () => {
  const page = storyPage(tableOf());
  for (const { id, sentence } of tableOf().rows) expect(page).toContain(`| ${id} | ${sentence.replace('*', '\\*')} |`);
  expect(page).toContain('not played: --out: no room on the disk \\| at all');
  expect(page).toMatch(/`nodeCapacityMiB` \| 8192 \| MiB .* \| assumed \|/);
});
