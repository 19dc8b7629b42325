import type { Command } from 'commander';
import { z } from 'zod';
import { durationMs } from '../core/duration.ts';
import type { Problem } from '../core/problem.ts';
import { environmentNames } from '../rehearsal/environment-names.ts';

/**
 * The options that commands share. One row each: flag, check, help, example; the variable `LAUNCHSTORM_<NAME>` is derived.
 * Precedence: flag, variable, scenario, default.
 */
type FlagRow = { flag: string; check: z.ZodType; help: string; example?: string };

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d+$/, 'is no whole number')
    .transform(Number)
    .pipe(z.number().min(min, `is below ${min}`).max(max, `is above ${max}`));

const duration = z
  .string()
  .refine((text) => durationMs(text) !== null, 'is no duration; write for example 30s or 5m')
  .transform((text) => durationMs(text) ?? 0)
  .pipe(
    z
      .number()
      .min(1000, 'is below 1s')
      .max(24 * 3_600_000, 'is above 24h'),
  );

/** Given or left out on the command line; its variable says 1 or 0. */
const onOrOff = z.boolean({ error: 'is neither 1 nor 0' });

const oneOf = <const Name extends string>(...names: readonly Name[]) => z.enum(names, { error: `is none of: ${names.join(', ')}` });

export const flagRows = {
  platform: { flag: '--platform <name>', check: oneOf('local', 'compose'), help: 'where the service lives', example: 'compose' },
  environment: {
    flag: '--environment <name>',
    check: oneOf(...environmentNames),
    help: "configuration of the reference service, instead of the scenario's",
    example: 'inherited',
  },
  seed: {
    flag: '--seed <integer>',
    check: integer(0, 4_294_967_295),
    help: 'everything random comes from it; default: a fresh one, printed at the end',
    example: '7',
  },
  players: { flag: '--players <integer>', check: integer(1, 200_000), help: 'players at the same time', example: '200' },
  for: { flag: '--for <duration>', check: duration, help: 'length of play', example: '90s' },
  out: {
    flag: '--out <folder>',
    check: z.string().min(1, 'is empty'),
    help: "the run's own folder; default: runs/<time>-<scenario>-<seed>",
    example: 'friday-run',
  },
  keep: { flag: '--keep <integer>', check: integer(1, 10_000), help: 'how many runs to keep in runs/; default 20', example: '50' },
  guard: { flag: '--guard <rule>', check: z.string(), help: 'abort and restore when players suffer', example: "'useful<0.5 for 5s'" },
  target: {
    flag: '--target <url>',
    check: z.string().min(1, 'is empty'),
    help: 'a service that is there already, taken as it is, instead of one that this run starts',
    example: 'https://staging.example.com/game',
  },
  header: {
    flag: '--header <name:value>',
    check: z.string(),
    help: 'header for every request; may be repeated. Others on this machine see the arguments: for tokens use --headers-file',
    example: "'x-tenant: qa'",
  },
  headersFile: {
    flag: '--headers-file <file>',
    check: z.string().min(1, 'is empty'),
    help: "headers for every request, one 'name: value' a line, # comments; chmod 600 it. No value is ever shown",
    example: 'staging.headers',
  },
  ca: {
    flag: '--ca <file>',
    check: z.string().min(1, 'is empty'),
    help: 'PEM certificates to trust instead of the well-known ones',
    example: 'company-ca.pem',
  },
  runners: {
    flag: '--runners <integer>',
    check: integer(1, 1000),
    help: 'how many runners there were: with fewer of them the verdict is inconclusive',
    example: '3',
  },
  metrics: {
    flag: '--metrics [port]',
    check: z.union([onOrOff.transform((isOn) => (isOn ? 0 : null)), integer(0, 65_535)], { error: 'is no port' }),
    help: 'publish what players feel for Prometheus, on 127.0.0.1 until the run is over; without a port on a free one, which is printed',
    example: '9464',
  },
  only: {
    flag: '--only <rows>',
    check: z
      .string()
      .regex(/^\d{1,2}(,\d{1,2})*$/, 'names no rows; write for example 1,3,10')
      .transform((text) => text.split(',').map(Number))
      .pipe(z.array(z.number().min(1, 'names row 0; they begin at 1').max(12, 'names a row above 12'))),
    help: "rows of the story to show; default: all. Without all of them the repository's page stays as it is",
    example: '1,3,10',
  },
  engine: { flag: '--engine <name>', check: oneOf('own', 'k6'), help: 'who plays the crowd', example: 'k6' },
  compare: {
    flag: '--compare',
    check: onOrOff,
    help: 'our own players first, then the same ones in k6, on the same target without faults: do their figures agree?',
  },
  parallelism: {
    flag: '--parallelism <integer>',
    check: integer(1, 1000),
    help: 'how many runners share the crowd',
    example: '4',
  },
  json: { flag: '--json', check: onOrOff, help: 'report.json on stdout, nothing else there' },
  quiet: { flag: '--quiet', check: onOrOff, help: 'no progress, only the verdict' },
  yes: { flag: '--yes', check: onOrOff, help: 'yes, also on what this run did not start itself' },
  insecure: { flag: '--insecure', check: onOrOff, help: 'accept any TLS certificate; the report says so' },
} as const satisfies { [name: string]: FlagRow };

export type FlagName = keyof typeof flagRows;
export type Flags = { [name in FlagName]?: z.output<(typeof flagRows)[name]['check']> } & { headers: readonly string[] };

export const runFlags: readonly FlagName[] = [
  'engine',
  'platform',
  'environment',
  'seed',
  'players',
  'for',
  'out',
  'keep',
  'guard',
  'target',
  'header',
  'headersFile',
  'ca',
  'insecure',
  'metrics',
  'json',
  'quiet',
  'yes',
];
export const loadFlags: readonly FlagName[] = [
  'players',
  'for',
  'seed',
  'out',
  'keep',
  'header',
  'headersFile',
  'ca',
  'insecure',
  'metrics',
  'json',
  'quiet',
  'yes',
];
export const planFlags: readonly FlagName[] = [
  'platform',
  'environment',
  'seed',
  'players',
  'for',
  'target',
  'header',
  'headersFile',
  'ca',
  'insecure',
  'json',
];

export const crowdFlags: readonly FlagName[] = ['seed', 'players', 'for', 'out', 'json', 'quiet'];

export const storyFlags: readonly FlagName[] = ['seed', 'only', 'out', 'json', 'quiet'];

export const k6Flags: readonly FlagName[] = [
  'compare',
  'players',
  'for',
  'seed',
  'target',
  'out',
  'keep',
  'header',
  'headersFile',
  'ca',
  'insecure',
  'json',
  'quiet',
  'yes',
];

export const exportFlags: readonly FlagName[] = ['seed', 'players', 'for', 'target', 'out', 'parallelism', 'json'];

export const mergeFlags: readonly FlagName[] = ['runners', 'out', 'keep', 'json', 'quiet'];

/** Adds the named options to a command. Values stay text here: `readFlags` checks all of them at once. */
export function addFlags(command: Command, names: readonly FlagName[]): Command {
  for (const name of names) {
    const { flag } = flagRows[name];
    const help = [helpOf(name), ...(name === 'header' ? [] : [`[${variableOf(name)}]`])].join(' ');
    if (name === 'header') command.option(flag, help, (value: string, all: string[] = []) => [...all, value]);
    else command.option(flag, help);
  }
  return command;
}

/** What was given, as far as it can be used; what cannot is left out and among the problems. */
export type ReadFlags = { flags: Flags; operands: readonly string[]; problems: readonly Problem[] };

/** Checks what was given, by flag or variable; unknown flags and surplus words are problems too. */
export function readFlags(command: Command, names: readonly FlagName[], operandsMax: number): ReadFlags {
  const given = command.opts<{ [name: string]: unknown }>();
  const problems: Problem[] = [];
  const flags: { [name: string]: unknown } = { headers: given['header'] ?? [] };
  for (const name of names.filter((each) => each !== 'header')) {
    const { value, place } = valueOf(name, given);
    if (value === undefined) continue;
    const parsed = flagRows[name].check.safeParse(value);
    if (parsed.success) flags[name] = parsed.data;
    else problems.push(...parsed.error.issues.map((issue) => ({ place, problem: problemWith(value, issue), remedy: helpOf(name) })));
  }
  const operands = command.args.filter((word) => !word.startsWith('-'));
  return { flags: flags as Flags, operands, problems: [...problems, ...strayProblems(command, operands, operandsMax)] };
}

function helpOf(name: FlagName): string {
  const { help, example }: FlagRow = flagRows[name];
  return example === undefined ? help : `${help}; for example ${longOf(name)} ${example}`;
}

function problemWith(value: unknown, { message }: { message: string }): string {
  return value === '' ? message : `${String(value)} ${message}`;
}

function valueOf(name: FlagName, given: { [name: string]: unknown }): { value: unknown; place: string } {
  if (given[name] !== undefined) return { value: given[name], place: longOf(name) };
  const variable = variableOf(name);
  const text = process.env[variable];
  if (text === undefined || text === '') return { value: undefined, place: variable };
  const isSwitch = !(flagRows[name].flag as string).includes('<');
  if (!isSwitch) return { value: text, place: variable };
  return { value: { 1: true, true: true, 0: false, false: false }[text] ?? text, place: variable };
}

function strayProblems(command: Command, operands: readonly string[], operandsMax: number): readonly Problem[] {
  const known = command.options.map((option) => option.long ?? '');
  const unknown = command.args
    .filter((word) => word.startsWith('-'))
    .map((word) => ({
      place: withoutValue(word),
      problem: 'unknown option',
      remedy: `one of: ${known.filter((name) => name !== '').join(' ')}`,
    }));
  const surplus = operands
    .slice(operandsMax)
    .map((word) => ({ place: withoutValue(word), problem: 'one word too many', remedy: command.usage() }));
  return [...unknown, ...surplus];
}

/** A misspelt `--headr 'authorization: …'` must not end up in a log with its token. */
function withoutValue(word: string): string {
  return word.replace(/([=:]).+/s, '$1…');
}

/** `--headers-file` */
function longOf(name: FlagName): string {
  return flagRows[name].flag.split(' ')[0] as string;
}

/** `LAUNCHSTORM_HEADERS_FILE` */
export function variableOf(name: FlagName): string {
  return `LAUNCHSTORM_${longOf(name).slice('--'.length).replaceAll('-', '_').toUpperCase()}`;
}
