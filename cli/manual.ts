import type { Command } from 'commander';
import { exitCodes } from '../rehearsal/exit-code.ts';

/** What a command's `--help` says beside its usage, arguments and options. */
export type Manual = {
  /** What it does and what it leaves alone, in a few sentences; the list of commands shows the one-line description only. */
  about: string;
  /** Whole command lines, each with what it is for. A test parses every one of them. */
  examples: readonly (readonly [line: string, purpose: string])[];
  /** Exit codes that mean something here; wrong usage and a fault of the tool mean the same everywhere. */
  exits: readonly Exit[];
};

type Exit = readonly [code: number, meaning: string];

/** What whatever judges may end with, in the order of the codes. */
export const verdictExits: readonly Exit[] = [
  [exitCodes.held, 'held: every expectation met, every fault proven to have bitten, everything restored'],
  [exitCodes.broken, 'broken: an expectation was not met'],
  [exitCodes.inconclusive, 'inconclusive: no data, a fault that did not bite, a late generator, no steady state before a fault'],
  [exitCodes.aborted, 'aborted by a guard, and restored'],
  [exitCodes.restoreFailed, 'something could not be put back; it is named, with the command to run'],
  [exitCodes.sigint, 'interrupted by Ctrl-C, after restoring'],
  [exitCodes.sigterm, 'ended by SIGTERM, after restoring'],
];

const everywhere: readonly Exit[] = [
  [exitCodes.usage, 'wrong usage or configuration; nothing was started'],
  [exitCodes.toolFault, 'a fault of the tool itself'],
];

/** Turns a command's `--help` into its manual page. Call it once, after the command got its one-line description. */
export function addManual(command: Command, { about, examples, exits }: Manual): Command {
  const short = command.description();
  const page = [
    section(
      'Examples',
      examples.map(([line, purpose]) => `${line}\n      ${purpose}`),
    ),
    section(
      'Exit codes',
      [...exits, ...everywhere].sort(byCode).map(([code, meaning]) => `${String(code).padStart(3)}  ${meaning}`),
    ),
  ];
  return command
    .summary(short)
    .description(`${asSentence(short)}\n\n${about}`)
    .addHelpText('after', `\n${page.join('\n\n')}`);
}

function section(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function byCode([one]: Exit, [other]: Exit): number {
  return one - other;
}

function asSentence(short: string): string {
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}.`;
}
