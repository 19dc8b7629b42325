import type { Command } from 'commander';
import { faults } from '../../chaos/faults/table.ts';
import { verdictExits } from '../../cli/manual.ts';
import { launchstorm } from '../../cli/program.ts';
import { outcomes } from '../../core/outcome.ts';
import { exitCodes } from '../../rehearsal/exit-code.ts';
import { outcomeMeanings } from '../../rehearsal/report/outcome-words.ts';
import { scenarioSchema } from '../../rehearsal/scenario.ts';
import { personas } from '../../simulator/players/table.ts';
import { code, markdownTable, plain } from './markdown.ts';
import { type Part, partsOf, type Schema, schemaOf, takesOf } from './schema-rows.ts';

/** The reference, made from the very rows that are checked at run time: it cannot say anything else than the tool does. */
export async function referencePage(serviceOptions: ServiceOptions): Promise<string> {
  return `${[
    '# Reference',
    'Made from the rows in the code by `npm run docs`; what is written here by hand is overwritten.',
    ...(await commandsChapter()),
    ...scenarioChapter(),
    ...serviceChapter(serviceOptions),
    ...personasChapter(),
    ...faultsChapter(),
    ...outcomesChapter(),
    ...exitCodesChapter(),
    '## The report',
    '[report.schema.json](report.schema.json) is the JSON Schema of `report.json`; [05-read-a-report.md](05-read-a-report.md) says how to read it.',
  ].join('\n\n')}\n`;
}

/** What `node service/main.ts --print-schema` prints. */
export type ServiceOptions = { properties: { readonly [key: string]: Schema & { unit: string; variable: string; secret: boolean } } };

async function commandsChapter(): Promise<readonly string[]> {
  return ['## Commands', ...(await launchstorm()).commands.flatMap(commandSection)];
}

function commandSection(command: Command): readonly string[] {
  const operands = command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`));
  const rows = [
    ...command.registeredArguments.map((each) => [code(each.name()), plain(each.description)]),
    ...command.options.map((option) => [code(option.flags), plain(option.description)]),
  ];
  const table = rows.length === 0 ? [] : [markdownTable(['option', 'what it does'], rows)];
  const summary = command.summary() || command.description();
  return [`### \`${['launchstorm', command.name(), ...operands].join(' ')}\``, `${summary}`, ...table];
}

function scenarioChapter(): readonly string[] {
  const parts = partsOf(schemaOf(scenarioSchema), 'The scenario itself');
  return [
    '## Options of a scenario',
    'A duration is written as `250ms`, `15s`, `2m` or `1h`. Wrong or unknown options are named before anything starts, all at once.',
    ...parts.flatMap(partSection),
  ];
}

function partSection({ title, lines }: Part): readonly string[] {
  const rows = lines.map(({ name, takes, fallback, help }) => [
    code(name),
    takes,
    fallback === 'must be given' ? fallback : code(fallback),
    plain(help),
  ]);
  return [`### ${title}`, markdownTable(['option', 'takes', 'default', 'what it means'], rows)];
}

function serviceChapter({ properties }: ServiceOptions): readonly string[] {
  const rows = Object.entries(properties).map(([key, option]) => {
    const fallback = option.secret ? 'secret, none' : code(JSON.stringify(option.default));
    const unit = option.unit === '' || option.unit === 'path' ? '' : ` ${option.unit}`;
    return [code(key), `${takesOf(option)}${unit === '' ? '' : `,${unit}`}`, fallback, plain(option.description ?? '')];
  });
  return [
    '## Options of the reference service',
    'A scenario sets them under `service`, an operator by variables: `redisTimeoutMs` is `TREASURE_REDIS_TIMEOUT_MS`, and `none` there means what `null` means here.',
    markdownTable(['option', 'takes', 'default', 'what it means'], rows),
  ];
}

function personasChapter(): readonly string[] {
  const rows = Object.values(personas).map(({ name, description, patienceMs, retries }) => [
    code(name),
    description,
    `${patienceMs} ms`,
    `${retries.retriesMax}`,
  ]);
  return ['## Personas', markdownTable(['persona', 'who it is', 'waits for an answer', 'retries'], rows)];
}

function faultsChapter(): readonly string[] {
  const rows = Object.values(faults).map(({ kind, variants, description, permissions }) => [
    code(kind),
    variants.map(code).join(', '),
    description,
    permissions.join('; '),
  ]);
  return ['## Faults', markdownTable(['fault', 'variants', 'what it does and when it is undone', 'what one must be allowed to do'], rows)];
}

function outcomesChapter(): readonly string[] {
  return [
    '## Outcomes',
    '`sent = ok + empty + wrong + refused + unknown`, `planned = sent + unreachable + dropped + abandoned`, in every window of every run.',
    markdownTable(
      ['outcome', 'meaning'],
      outcomes.map((outcome) => [code(outcome), plain(outcomeMeanings[outcome])]),
    ),
  ];
}

/** The codes that mean the same for every command. */
const plainExits: { readonly [code: number]: string } = {
  [exitCodes.usage]: 'wrong usage or configuration; nothing was started',
  [exitCodes.toolFault]: 'a fault of the tool itself',
};

function exitCodesChapter(): readonly string[] {
  const meanings: { [code: number]: string } = { ...Object.fromEntries(verdictExits), ...plainExits };
  const rows = Object.values(exitCodes).map((each) => [String(each), meanings[each] ?? '']);
  return ['## Exit codes', markdownTable(['code', 'meaning'], rows)];
}
