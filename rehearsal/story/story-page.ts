import { type InputName, inputRows } from '../../platforms/cluster-model/inputs.ts';
import type { StoryTable } from './judge.ts';
import { cellsOf, summaryOf } from './story-text.ts';

const howToRead =
  '*real*: real processes with real memory limits on this machine, seen by players. *modelled*: the cluster model in ' +
  '`platforms/cluster-model/`, in story time. *not shown here*: the plays did not show it. Rates are compared as ratios of useful ' +
  'answers to offered requests.';

/** docs/story.md: the table, how each play is played again, and what the model was told. */
export function storyPage(table: StoryTable): string {
  return [
    '# The founding story, replayed',
    'Written by `npm run story`, which plays all of this on one machine and judges it. Every figure was measured by the run named here.',
    `Seed ${table.seed}, commit ${table.commit ?? 'unknown'}. ${summaryOf(table)}`,
    tableOf(
      ['row', 'the story said', 'its figure', 'we measured', 'real or modelled', 'verdict', 'asked', 'seed'],
      table.rows.map((row) => [...cellsOf(row), row.limit, String(table.seed)]),
    ),
    howToRead,
    '## Play it again',
    tableOf(
      ['play', 'crowd', 'environment', 'verdict', 'command'],
      table.plays.map(({ name, crowd, environment, status, reproduce, problem }) => [
        name,
        crowd,
        environment,
        status ?? `not played: ${problem ?? 'the story ended before'}`,
        reproduce === null ? '' : `\`${reproduce}\``,
      ]),
    ),
    '## What the cluster model was told',
    'None of the story’s figures but the inherited limit is among these; where nobody has measured one it says assumed.',
    tableOf(
      ['input', 'value', 'unit', 'what it is', 'basis', 'where it comes from'],
      (Object.keys(inputRows) as InputName[]).map((name) => {
        const { value, unit, help, basis, source } = inputRows[name];
        return [`\`${name}\``, String(value), unit, help, basis, source];
      }),
    ),
    '',
  ].join('\n\n');
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const written = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [written(heads), written(heads.map(() => '---')), ...rows.map(written)].join('\n');
}

/** Text that is no markup, except code. */
function cell(text: string): string {
  const escaped = text.startsWith('`') ? text : text.replace(/[\\*_<]/g, '\\$&');
  return escaped.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
}
