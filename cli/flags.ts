import type { Command } from 'commander';
import { z } from 'zod';
import { durationMs } from '../core/duration.ts';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';

/**
 * The options that commands share. One row each: flag, check, help; the variable `LAUNCHSTORM_<NAME>` is derived.
 * Precedence: flag, variable, scenario, default.
 */
type FlagRow = { flag: string; check: z.ZodType; help: string };

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

const flagRows = {
  platform: { flag: '--platform <name>', check: z.enum(['local']), help: 'where the service lives: local' },
  environment: { flag: '--environment <name>', check: z.enum(['plain']), help: 'configuration of the reference service: plain' },
  seed: {
    flag: '--seed <integer>',
    check: integer(0, 4_294_967_295),
    help: 'everything random comes from it; default: a fresh one, printed at the end',
  },
  players: { flag: '--players <integer>', check: integer(1, 19_000), help: 'players at the same time' },
  for: { flag: '--for <duration>', check: duration, help: 'length of play, for example 90s' },
  out: {
    flag: '--out <folder>',
    check: z.string().min(1, 'is empty'),
    help: "the run's own folder; default: runs/<time>-<scenario>-<seed>",
  },
  keep: { flag: '--keep <integer>', check: integer(1, 10_000), help: 'how many runs to keep in runs/; default 20' },
  guard: { flag: '--guard <rule>', check: z.string(), help: "abort and restore, for example 'useful<0.5 for 5s'" },
  header: { flag: '--header <name:value>', check: z.string(), help: 'header for every request; may be repeated' },
  json: { flag: '--json', check: z.boolean(), help: 'report.json on stdout, nothing else there' },
  quiet: { flag: '--quiet', check: z.boolean(), help: 'no progress, only the verdict' },
  yes: { flag: '--yes', check: z.boolean(), help: 'yes, also on what this run did not start itself' },
  insecure: { flag: '--insecure', check: z.boolean(), help: 'accept any TLS certificate' },
} as const satisfies { [name: string]: FlagRow };

export type FlagName = keyof typeof flagRows;
export type Flags = { [name in FlagName]?: z.output<(typeof flagRows)[name]['check']> } & { headers: readonly string[] };

export const runFlags: readonly FlagName[] = [
  'platform',
  'environment',
  'seed',
  'players',
  'for',
  'out',
  'keep',
  'guard',
  'json',
  'quiet',
  'yes',
];
export const loadFlags: readonly FlagName[] = ['players', 'for', 'seed', 'out', 'keep', 'header', 'json', 'quiet', 'yes', 'insecure'];
export const planFlags: readonly FlagName[] = ['platform', 'environment', 'seed', 'players', 'for', 'json'];

/** Adds the named options to a command. Values stay text here: `readFlags` checks all of them at once. */
export function addFlags(command: Command, names: readonly FlagName[]): Command {
  for (const name of names) {
    const row = flagRows[name];
    if (name === 'header') command.option(row.flag, row.help, (value: string, all: string[]) => [...all, value], [] as string[]);
    else command.option(row.flag, `${row.help} [${variableOf(name)}]`);
  }
  return command;
}

/** Checks what was given, by flag or variable; unknown flags and surplus words are problems too. */
export function readFlags(
  command: Command,
  names: readonly FlagName[],
  operandsMax: number,
): Result<{ flags: Flags; operands: readonly string[] }> {
  const given = command.opts<{ [name: string]: unknown }>();
  const problems: Problem[] = [];
  const flags: { [name: string]: unknown } = { headers: given['header'] ?? [] };
  for (const name of names.filter((each) => each !== 'header')) {
    const { value, place } = valueOf(name, given);
    if (value === undefined) continue;
    const parsed = flagRows[name].check.safeParse(value);
    if (parsed.success) flags[name] = parsed.data;
    else
      problems.push(
        ...parsed.error.issues.map((issue) => ({ place, problem: `${String(value)}: ${issue.message}`, remedy: flagRows[name].help })),
      );
  }
  const operands = command.args.filter((word) => !word.startsWith('-'));
  problems.push(...strayProblems(command, operands, operandsMax));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { flags: flags as Flags, operands } };
}

function valueOf(name: FlagName, given: { [name: string]: unknown }): { value: unknown; place: string } {
  if (given[name] !== undefined) return { value: given[name], place: `--${name}` };
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
    .map((word) => ({ place: word, problem: 'unknown option', remedy: `one of: ${known.filter((name) => name !== '').join(' ')}` }));
  const surplus = operands.slice(operandsMax).map((word) => ({ place: word, problem: 'one word too many', remedy: command.usage() }));
  return [...unknown, ...surplus];
}

function variableOf(name: FlagName): string {
  return `LAUNCHSTORM_${name.toUpperCase()}`;
}
