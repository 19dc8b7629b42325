import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Argument, Command } from 'commander';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { addManual } from './manual.ts';
import { refuse } from './problems.ts';
import { faultClashes, faultStarter } from './templates/fault.ts';
import { personaClashes, personaStarter } from './templates/persona.ts';
import { scenarioElsewhere, scenarioInRepository } from './templates/scenario.ts';
import { identifierOf, type Starter } from './templates/starter.ts';

/** `elsewhere` null: makes sense only where the table is that it gets a row in. */
type Kind = {
  inRepository: (name: string) => Starter;
  elsewhere: ((name: string) => Starter) | null;
  clashes: readonly string[];
};

const kinds: { readonly [kind: string]: Kind } = {
  scenario: { inRepository: scenarioInRepository, elsewhere: scenarioElsewhere, clashes: [] },
  persona: { inRepository: personaStarter, elsewhere: null, clashes: personaClashes },
  fault: { inRepository: faultStarter, elsewhere: null, clashes: faultClashes },
};

const kindNames = Object.keys(kinds);
const nameLengthMax = 40;

/** Words that cannot name a constant, as ECMAScript and strict mode reserve them; hyphenated names never meet them. */
const reserved =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
  'function if implements import in instanceof interface let new null package private protected public return static super switch this ' +
  'throw true try typeof undefined var void while with yield';

/** `launchstorm new scenario|persona|fault NAME`: a commented file to start from, with its test. */
export function newCommand(): Command {
  // Choices for help and completion; `refuse` says what is wrong, together with everything else that is.
  const kind = new Argument('<kind>', 'what to write').choices(kindNames).argParser((word) => word);
  const command = new Command('new')
    .description('write a commented file to start from, with its test')
    .addArgument(kind)
    .argument('<name>', 'its name in small letters, digits and hyphens: market-day');
  return addManual(command, {
    about:
      'A scenario is written to scenarios/ in a checkout of the repository, and into the current folder anywhere else. A persona or a fault ' +
      'is a part of the tool and needs a checkout. Nothing is ever overwritten. What is left to do by hand, such as the row in a table, is ' +
      'said at the end.',
    examples: [
      ['launchstorm new scenario market-day', 'a scenario that kills a pod, ready to be played'],
      ['launchstorm new persona courier', 'a player with a life of its own'],
      ['launchstorm new fault pod-nap', 'something else to break, with its undo and its proof'],
    ],
    exits: [[0, 'the files are written']],
  }).action(async (kindName: string, name: string) => {
    const made = prepareStarter(kindName, name, process.cwd());
    if (!made.ok) return refuse(made.problems, false);
    const problem = await writeStarter(made.value.folder, made.value.starter);
    if (problem !== null) return refuse([problem], false);
    for (const { path } of made.value.starter.files) process.stdout.write(`wrote ${relative('', join(made.value.folder, path))}\n`);
    process.stdout.write(`\n${made.value.starter.next.join('\n')}\n`);
  });
}

/** Where to write what, or every reason not to; touches nothing. */
export function prepareStarter(kindName: string, name: string, cwd: string): Result<{ folder: string; starter: Starter }> {
  const kind = kinds[kindName];
  const checkout = checkoutAround(cwd);
  const make = checkout === null ? (kind?.elsewhere ?? null) : (kind?.inRepository ?? null);
  const problems = [...kindProblems(kindName, kind, make !== null), ...nameProblems(name, kind)];
  if (make === null || problems.length > 0) return { ok: false, problems };
  const folder = checkout ?? cwd;
  const starter = make(name);
  const taken = starter.files.filter(({ path }) => existsSync(join(folder, path)));
  if (taken.length > 0) return { ok: false, problems: taken.map(({ path }) => inTheWay(path)) };
  return { ok: true, value: { folder, starter } };
}

/** All of the files or none of them: what was written is taken away again where the next one cannot be. */
async function writeStarter(folder: string, { files }: Starter): Promise<Problem | null> {
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { flag: 'wx' });
      written.push(file);
    }
    return null;
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    return {
      place: folder,
      problem: error instanceof Error ? error.message : String(error),
      remedy: 'choose a folder that can be written',
    };
  }
}

/** The root of the repository that this folder lies in, or null. */
function checkoutAround(folder: string): string | null {
  if (isCheckout(folder)) return folder;
  return dirname(folder) === folder ? null : checkoutAround(dirname(folder));
}

/** An installed package has the same name in its manifest, and no source. */
function isCheckout(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(join(folder, 'simulator/players/table.ts')) || !existsSync(manifest)) return false;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name === 'launchstorm';
}

function kindProblems(kindName: string, kind: Kind | undefined, possibleHere: boolean): readonly Problem[] {
  if (kind === undefined)
    return [{ place: kindName, problem: 'nothing of this kind can be written', remedy: `one of: ${kindNames.join(' ')}` }];
  if (possibleHere) return [];
  const problem = `a ${kindName} is a part of the tool, and this is no checkout of its repository`;
  return [{ place: kindName, problem, remedy: 'clone the repository and ask again there; a scenario can be written anywhere' }];
}

function nameProblems(name: string, kind: Kind | undefined): readonly Problem[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return [{ place: name, problem: 'is no kebab-case name', remedy: 'small letters, digits and hyphens, a letter first: market-day' }];
  }
  if (name.length > nameLengthMax) {
    return [{ place: name, problem: `has ${name.length} letters`, remedy: `at most ${nameLengthMax}` }];
  }
  const isConstant = kind !== undefined && kind.elsewhere === null;
  const isTaken = isConstant && [...reserved.split(' '), ...kind.clashes].includes(identifierOf(name));
  return isTaken ? [{ place: name, problem: 'is a word that the file needs for something else', remedy: `for example ${name}-two` }] : [];
}

function inTheWay(path: string): Problem {
  return { place: path, problem: 'is there already and is never overwritten', remedy: 'choose another name, or move the file away' };
}
