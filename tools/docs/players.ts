import { crowdRows } from '../../rehearsal/crowd-rows.ts';
import { sessionPresets } from '../../simulator/crowd/session-presets.ts';
import { spaceRows } from '../../simulator/crowd/space.ts';
import { lifeRows, personaRows } from '../../simulator/players/persona-rows.ts';
import { retryRows } from '../../simulator/players/retry-style.ts';
import type { Row } from '../../simulator/players/rows.ts';
import { lawRows } from '../laws/rows.ts';
import { tableError } from '../laws/table-error.ts';
import { code, markdownTable, plain } from './markdown.ts';
import { type Part, partsOf, schemaOf } from './schema-rows.ts';

/** Who plays, and where each number of it comes from: made from the rows that the players are made from. */
export function playersPage(): string {
  return `${[
    '# Players: what is measured, and what is assumed',
    'Made from the rows in the code by `npm run docs`; what is written here by hand is overwritten. *Sourced* is what somebody has measured ' +
      'and published, *derived* follows from that, *assumed* is neither: it is our default until your own logs say better.',
    ...crowdChapter(),
    ...sessionsChapter(),
    ...lawsChapter(),
    ...spaceChapter(),
    ...retriesChapter(),
    ...personasChapter(),
  ].join('\n\n')}\n`;
}

function crowdChapter(): readonly string[] {
  const parts = partsOf(schemaOf(crowdRows), '`crowd` of a scenario', 'crowd.');
  return [
    '## The crowd',
    'Journey *n* of a seed is the same player everywhere: persona, place, session and party follow from the two numbers alone. Arrivals ' +
      'are open: they never wait for the service, and whoever quits is gone. As many arrive as it takes to keep the shape, by Little’s law: ' +
      'players = arrivals per second × mean session. A run begins in equilibrium: whoever is there from the start is met in the middle of a ' +
      'session, and stays for the rest of it.',
    ...parts.filter(({ lines }) => lines.some(({ basis }) => basis !== undefined)).flatMap(defaultsOf),
    'How many are there when (`crowd.arrivals`):',
    markdownTable(['shape', 'what it means'], parts.filter(({ title }) => title.includes('crowd.arrivals')).map(shapeRow)),
  ];
}

function defaultsOf({ title, lines }: Part): readonly string[] {
  const rows = lines
    .filter(({ basis }) => basis !== undefined)
    .map(({ name, fallback, help, basis = '', source = '' }) => [code(name), code(fallback), plain(help), `*${basis}*`, plain(source)]);
  return [`### ${title}`, markdownTable(['option', 'default', 'what it means', 'basis', 'source, or what is assumed'], rows)];
}

function shapeRow({ lines: [shape] }: Part): readonly string[] {
  return [shape?.takes ?? '', plain(shape?.help ?? '')];
}

function sessionsChapter(): readonly string[] {
  const rows = Object.entries(sessionPresets).map(([name, { help, basis, source }]) => [
    code(name),
    plain(help),
    `*${basis}*`,
    plain(source),
  ]);
  return [
    '## Sessions',
    'By `crowd.sessions`. For games of the kind of Minecraft nothing was found: no published fit of their sessions turned up, so there is no preset for them.',
    markdownTable(['preset', 'law', 'basis', 'source, or what is assumed'], rows),
  ];
}

function lawsChapter(): readonly string[] {
  const rows = lawRows.map((row) => {
    const { shareMax, endsAtMeans } = tableError(row);
    return [plain(row.law), shareMax.toFixed(4), `${endsAtMeans.toFixed(1)} means`];
  });
  return [
    '## Laws',
    'Lengths of time are drawn from tables of integers, so that every engine draws the same ones. A table has points that halve what is ' +
      'left, from the middle to 2^-10 at the head and to 2^-20 at the tail, eight to each halving; its mean is exact, since it is written in ' +
      'means. The tail beyond one in 1,048,576 is cut. Equilibrium lengths are drawn from the same table, each in proportion to its length.',
    markdownTable(['law', 'largest difference to the exact law, in shares', 'the table ends at'], rows),
    'Beside them `empirical`: as somebody has measured it, straight lines between the points, and nothing beyond the last one.',
  ];
}

function spaceChapter(): readonly string[] {
  return [
    '## Space',
    'Worlds are cut into cells; a few of them hold most of the crowd. Players roam around the heart of a cell, take portals to favourites of their ' +
      'own or to where others like to be, and go with those they came with.',
    tableOf(spaceRows),
  ];
}

function retriesChapter(): readonly string[] {
  return [
    '## When nothing of use comes',
    'Every player retries in one style for its whole life. The shares are those of a crowd that does not say otherwise; a few personas bring their own.',
    tableOf(retryRows),
  ];
}

function personasChapter(): readonly string[] {
  return [
    '## Personas',
    'A life is a semi-Markov process: a player acts, takes one of the ways from there, and stays on it for as long as the law of that very way says.',
    tableOf(lifeRows),
    ...personaRows.flatMap(({ name, description, rows }) => [`### ${code(name)}`, plain(description), tableOf(rows)]),
  ];
}

function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, unit, basis, source }) => [
    plain(name),
    plain(`${value} ${unit}`.trim()),
    `*${basis}*`,
    plain(source),
  ]);
  return markdownTable(['what', 'value', 'basis', 'source, or what is assumed'], cells);
}
