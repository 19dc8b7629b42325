import { crowdRows } from '../../rehearsal/crowd-rows.ts';
import { sessionPresets } from '../../simulator/crowd/session-presets.ts';
import { personas } from '../../simulator/players/table.ts';
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

function personasChapter(): readonly string[] {
  const rows = Object.values(personas).map(({ name, description, patienceMs, retries }) => [
    code(name),
    plain(description),
    `${patienceMs} ms`,
    `${retries.retriesMax}, after up to ${retries.baseMs} ms, doubling to ${retries.capMs} ms`,
    `${(retries.quitPerMille / 10).toFixed(1)} %`,
    '*assumed*',
  ]);
  return [
    '## Personas',
    'No table of think times of game back ends was found, nor of how long players wait for one: unless a file of `simulator/players/` names ' +
      'its source, these numbers are assumed. Waits before a retry are drawn evenly from 0 to their limit (full jitter: Marc Brooker, AWS 2015).',
    markdownTable(['persona', 'who it is', 'waits for an answer', 'tries again', 'quits when a chain is lost', 'basis'], rows),
  ];
}
