import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../core/result.ts';
import { processTitle } from '../../machine/process-table.ts';
import { keepReserve, spendReserve } from '../../machine/reserve.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { exitCodes } from '../exit-code.ts';
import { headerOf } from '../header.ts';
import { createInterrupts } from '../interrupts.ts';
import { complain, sayWhereRunsAreListed } from '../last-words.ts';
import { type Prepared, prepare, type Wishes } from '../prepare.ts';
import { openRealWorld } from '../real-world.ts';
import type { RunRecord } from '../record.ts';
import { run } from '../run.ts';
import { createFolder } from '../run-folder.ts';
import { lateSignal, listenForSignals } from '../signals.ts';
import { sinkTo } from '../sink.ts';
import { tell, type Voice } from '../voice.ts';
import { writeDown } from '../write-down.ts';
import { k6CrewOf } from './k6-crew.ts';
import { type K6Plan, prepareK6 } from './k6-plan.ts';
import { findK6, type K6Program } from './k6-program.ts';
import { type K6Summary, type K6Verdict, verdictOf } from './k6-verdict.ts';
import { reportOfK6 } from './report-of-k6.ts';
import { k6Line } from './reproduce.ts';

export type PreparedK6 = { prepared: Prepared; k6: K6Plan; program: K6Program };

/** Longest wait for what was sent before play ended. */
const lingerMs = 90_000;

/** The scenario's environment, or a target that is there already, and its players for k6. Every problem at once, nothing started. */
export async function preparePlay(scenarioName: string, wishes: Wishes): Promise<Result<PreparedK6>> {
  const program = await findK6();
  const { for: _length, ...place } = wishes;
  const prepared = await prepare(scenarioName, { ...place, faultless: true });
  const seed = prepared.ok ? prepared.value.plan.seed : wishes.seed;
  const k6 = await prepareK6(scenarioName, { ...wishes, ...(seed === undefined ? {} : { seed }) });
  if (program.ok && prepared.ok && k6.ok) {
    const { plan } = prepared.value;
    const reproduce = k6Line(plan.scenarioPath, plan.seed, wishes);
    return { ok: true, value: { program: program.value, prepared: { ...prepared.value, plan: { ...plan, reproduce } }, k6: k6.value } };
  }
  const all = [program, prepared, k6].flatMap((each) => (each.ok ? [] : each.problems));
  const same = (at: number) => all.findIndex(({ place: where, problem }) => where === all[at]?.place && problem === all[at]?.problem);
  return { ok: false, problems: all.filter((_, at) => same(at) === at) };
}

/** k6 plays to its end; the conductor brings the environment up and takes it down. Resolves with the exit code. */
export async function performK6({ prepared, k6, program }: PreparedK6, voice: Voice): Promise<number> {
  const plan = { ...prepared.plan, settleMs: k6.facts.endMs + lingerMs };
  const { folder } = plan;
  const interrupts = createInterrupts(systemClock);
  const say = (line: string) => void (voice.quiet || voice.people.write(`${line}\n`));
  const ignoreSignals = listenForSignals(interrupts, say);
  await createFolder(folder);
  await keepReserve(folder);
  process.title = processTitle('conductor', '', plan.runId);
  const header = await headerOf(plan, 'load', prepared.platform);
  const aside = await sayWhereRunsAreListed(say);
  const summaryPath = join(folder, 'k6', 'summary.json');
  let ended: Promise<number | null> = Promise.resolve(null);
  const engine = async () => {
    const cast = { program, k6, runId: plan.runId, folder, approach: prepared.approach, platform: prepared.platform.name };
    const more = ['--summary-export', summaryPath, ...(voice.quiet ? ['--quiet'] : [])];
    const words = voice.json || voice.quiet ? process.stderr : 'inherit';
    const { crew, player } = await k6CrewOf({ ...cast, environment: header.environment, more, words });
    ended = player.gone();
    ended.then(() => interrupts.raise({ kind: 'halted', by: 'k6 has ended' }));
    return crew;
  };
  const sink = sinkTo(folder, { update() {}, line: say });
  const world = await openRealWorld({ ...prepared, engine }, header, { interrupts, sink });
  if (!world.ok) {
    await spendReserve(folder);
    for (const { place, problem, remedy } of world.problems) voice.people.write(`${place}: ${problem}\n  -> ${remedy}\n`);
    return exitCodes.usage;
  }
  const record = await run(plan, header, world.value);
  const verdict = endOf(record, lateSignal(interrupts)) ?? verdictOf(await ended, await readSummary(summaryPath), k6.judged);
  const notes = [...record.notes, ...aside, ...(prepared.approach?.notes ?? [])];
  const told = reportOfK6({ ...record, notes }, verdict, { notJudged: k6.notJudged, tells: program.hasOutput });
  const report = await writeDown(told, { folder, keep: prepared.keep }, complain);
  ignoreSignals();
  tell(report, folder, voice);
  return report.exitCode;
}

/** Null where k6 itself knows best how it ended. */
function endOf({ interruption }: RunRecord, late: RunRecord['interruption']): K6Verdict | null {
  const why = late ?? interruption;
  if (why?.kind === 'signal') {
    const exitCode = why.signal === 'SIGINT' ? exitCodes.sigint : exitCodes.sigterm;
    return { ...failed([`interrupted by ${why.signal}`], exitCode), status: 'interrupted' };
  }
  if (why?.kind === 'tool-fault' && !why.message.startsWith('k6 ended')) return failed([why.message], exitCodes.toolFault);
  return null;
}

function failed(because: readonly string[], exitCode: number): K6Verdict {
  return { status: 'error', exitCode, judged: [], because };
}

async function readSummary(path: string): Promise<K6Summary | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as K6Summary);
}
