import { expect } from 'vitest';
import type { Checkout, Ended } from '../fixtures/checkout.ts';
import type { Page, Step, When } from './page.ts';

/** A rehearsal of a page, and the tests of a room. */
const withinMs = 240_000;

/**
 * On a busy machine a rehearsal says that its own figures cannot be trusted: that is no fault of the page. A fault that did not bite is,
 * and so is too little calm before it.
 */
const busyMachine =
  /the generator was late|the generator cannot be trusted|the generator dropped|no steady state before \S+: p99 of searches moved/;
/** The same of plain k6, which knows of thresholds only: nothing else was crossed. */
const lateK6 = /thresholds on metrics 'launchstorm_lag\{phase:run\}' have been crossed/;
const pageIsWrong = /is not proven to have had an effect|windows before the fault/;

/**
 * Follows a page word by word, as somebody who has just cloned the repository. `plays` false: without what plays a crowd; `docker`
 * true: also what needs an engine; `k6` true: also what needs a k6.
 */
export async function follow({ path, steps }: Page, checkout: Checkout, also: Also): Promise<void> {
  let last: Ended = { exitCode: 0, output: '' };
  for (const step of steps) {
    const place = `${path}:${step.line}`;
    if ('when' in step && !isWanted(step.when, also)) continue;
    if (step.does === 'run') last = await run(step, checkout, place);
    else if (step.does === 'see') expectShown(step.text, last.output, place);
    else if (step.does === 'write') checkout.write(step.path, step.text);
    else edit(step, checkout, place);
  }
}

type Also = { plays: boolean; docker?: boolean; k6?: boolean };

function isWanted(when: When, { plays, docker = false, k6 = false }: Also): boolean {
  return when === 'always' || (plays && when === 'plays') || (docker && when === 'docker') || (k6 && when === 'k6');
}

async function run(step: Extract<Step, { does: 'run' }>, checkout: Checkout, place: string): Promise<Ended> {
  const { command, when, exitCode } = step;
  const once = () => checkout.run('bash', ['-c', command], withinMs);
  let ended = await once();
  // As docs/ci.md has it: inconclusive means once again. Containers take more of two cores than processes do.
  if (when === 'docker' && ended.exitCode === 2 && exitCode !== 2 && !isExcused(ended)) ended = await once();
  const excused = when !== 'always' && isExcused(ended);
  expect(excused ? exitCode : ended.exitCode, `${place}: ${command}\n${ended.output.slice(-4000)}`).toBe(exitCode);
  return ended;
}

function isExcused({ exitCode, output }: Ended): boolean {
  // Lines are wrapped to a terminal's width.
  const said = output.replace(/\s+/g, ' ');
  if (exitCode === 99) return lateK6.test(said);
  return exitCode === 2 && busyMachine.test(said) && !pageIsWrong.test(said);
}

/** The page's lines stand in the output in their order; how they are indented is not looked at. */
function expectShown(text: string, output: string, place: string): void {
  const printed = output.split('\n').map((line) => line.trim());
  let from = 0;
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line === '…') continue;
    const at = printed.indexOf(line, from);
    expect({ place, line, output: at < 0 ? output : '' }).toEqual({ place, line, output: '' });
    from = at + 1;
  }
}

function edit({ path, from, to }: Extract<Step, { does: 'edit' }>, checkout: Checkout, place: string): void {
  const before = checkout.read(path);
  const places = [...before.matchAll(patternOf(from))];
  expect({ place, path, places: places.length }).toEqual({ place, path, places: 1 });
  const kept = places[0]?.slice(1) ?? [];
  const after = to.replaceAll('…', () => kept.shift() ?? '');
  checkout.write(
    path,
    before.replace(patternOf(from), () => after),
  );
}

/** Those very lines, whole, with whatever stands where the page has `…`. */
function patternOf(lines: string): RegExp {
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${lines.split('…').map(literal).join('(.*)')}`, 'gm');
}
