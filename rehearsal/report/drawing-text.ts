import { styleText } from 'node:util';
import { writeMs } from '../../core/duration.ts';
import type { CrowdDrawing } from './drawing-format.ts';
import {
  arrivalsSentence,
  burstinessMeaning,
  burstinessWords,
  churnSentence,
  concurrencySentence,
  operationsSentence,
  percent,
  popularitySentence,
  requestsSentence,
} from './drawing-words.ts';
import { plainText } from './escape.ts';
import { bar, sparkline } from './sparkline.ts';
import { wrap } from './text-table.ts';

const labelColumns = 14;
const ranksShown = 8;

/** A drawn crowd for a terminal, lines of at most `columns`. */
export function drawingText(drawing: CrowdDrawing, { color, columns }: { color: boolean; columns: number }): string {
  const paint = (style: 'bold' | 'dim' | 'cyan', text: string) => (color ? styleText(style, text, { validateStream: false }) : text);
  const room = Math.max(20, Math.min(columns, 120) - labelColumns);
  const chapter = (label: string, ...sentences: readonly string[]) =>
    sentences
      .flatMap((each) => wrap(plainText(each), room))
      .map((line, index) => `${paint('bold', (index === 0 ? label : '').padEnd(labelColumns))}${line}`);
  const curve = (values: readonly number[]) => `${' '.repeat(labelColumns)}${paint('cyan', sparkline(values, room))}`;
  const { seconds, popularity } = drawing;
  const all = seconds.search.map((count, second) => count + (seconds.spawns[second] ?? 0) + (seconds.biome[second] ?? 0));
  return `${[
    ...wrap(plainText(titleOf(drawing)), labelColumns + room).map((line) => paint('bold', line)),
    '',
    ...chapter('Players', concurrencySentence(drawing)),
    curve(seconds.players),
    ...chapter('Arrivals', arrivalsSentence(drawing)),
    curve(seconds.arrivals),
    ...chapter('Requests', requestsSentence(drawing), operationsSentence(drawing)),
    curve(all),
    ...chapter('Popularity', popularitySentence(drawing)),
    ...popularity.hottest.slice(0, ranksShown).map((share, rank) => rankLine(share, rank, popularity.hottest[0] ?? 1, room)),
    ...chapter(
      'Burstiness',
      `requests ${burstinessWords(drawing, 'requests')}`,
      `arrivals ${burstinessWords(drawing, 'arrivals')}`,
      burstinessMeaning,
    ),
    ...chapter('Churn', churnSentence(drawing)),
  ].join('\n')}\n`;
}

export function titleOf({ title, scenario, seed, durationMs }: CrowdDrawing): string {
  return `${title} (${scenario}), seed ${seed}: the crowd alone, ${writeMs(durationMs)} of play against a service that always has loot`;
}

function rankLine(share: number, rank: number, hottest: number, room: number): string {
  const label = `${' '.repeat(labelColumns)}${String(rank + 1).padStart(2)} ${percent(share).padStart(7)} `;
  return `${label}${bar(share / hottest, Math.max(4, room - 12))}`;
}
