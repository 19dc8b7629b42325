import type { Flags } from './flags.ts';

/** How this command talks: what goes where, with or without colour and movement. */
export type Terminal = {
  /** Progress and the verdict, for people. */
  people: NodeJS.WriteStream;
  /** report.json on stdout, nothing else there. */
  json: boolean;
  quiet: boolean;
  color: boolean;
  tty: boolean;
  columns: number;
};

/** With `--json` people are told on stderr, so that stdout holds nothing but the report. */
export function terminalOf(flags: Pick<Flags, 'json' | 'quiet'>): Terminal {
  const json = flags.json === true;
  const people = json ? process.stderr : process.stdout;
  return {
    people,
    json,
    quiet: flags.quiet === true,
    color: wantsColor(people),
    tty: people.isTTY === true,
    columns: people.columns ?? 100,
  };
}

/** https://no-color.org: any non-empty NO_COLOR switches colour off, FORCE_COLOR switches it on without a terminal. */
function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && TERM !== 'dumb';
}
