import { exitCodes } from '../exit-code.ts';
import { type PlayName, playRows } from './play-rows.ts';
import type { Evidence } from './played.ts';
import { rowNumber, type StoryRow } from './story-row.ts';

/** `launchstorm story --json`, and what its page is made of. */
export type StoryTable = {
  readonly format: 'launchstorm.story/1';
  readonly seed: number;
  readonly commit: string | null;
  readonly durationMs: number;
  readonly rows: readonly JudgedRow[];
  /** What became of each play: null where it has no report. */
  readonly plays: readonly {
    name: string;
    environment: string;
    crowd: string;
    status: string | null;
    reproduce: string | null;
    problem: string | null;
  }[];
  readonly exitCode: number;
};

export type JudgedRow = {
  readonly row: number;
  readonly id: string;
  readonly sentence: string;
  readonly said: string;
  readonly limit: string;
  readonly measured: string;
  readonly basis: StoryRow['basis'];
  readonly decides: boolean;
  readonly verdict: 'reached' | 'missed' | 'not shown here';
};

/** How a play ended that has no report to read, by name. */
export type Problems = { readonly [name in PlayName]?: string };

export function judgeRows(rows: readonly StoryRow[], evidence: Evidence): readonly JudgedRow[] {
  return rows.map((row) => {
    const { measured, met } = row.read(evidence);
    const { id, sentence, said, limit, basis, decides } = row;
    const verdict = met === null ? 'not shown here' : met ? 'reached' : 'missed';
    return { row: rowNumber(row), id, sentence, said, limit, measured, basis, decides, verdict };
  });
}

/** What is missing is not met. Nothing at all to go by is neither. */
export function exitCodeOfRows(rows: readonly JudgedRow[]): number {
  const deciding = rows.filter(({ decides }) => decides);
  // The model needs no machine: it alone is no measurement.
  const measured = rows.filter(({ verdict, basis }) => basis === 'real' && verdict !== 'not shown here');
  if (measured.length === 0) return exitCodes.inconclusive;
  return deciding.every(({ verdict }) => verdict === 'reached') ? exitCodes.held : exitCodes.broken;
}

export function playsTold(names: readonly PlayName[], evidence: Evidence, problems: Problems): StoryTable['plays'] {
  return names.map((name) => {
    const { environment, crowd } = playRows[name];
    const report = evidence.plays[name]?.report ?? null;
    return {
      name,
      environment,
      crowd,
      status: report?.verdict.status ?? null,
      reproduce: report?.reproduce ?? null,
      problem: problems[name] ?? null,
    };
  });
}
