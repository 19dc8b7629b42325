import { createInterface } from 'node:readline';
import { machineClock } from '../machine/system-clock.ts';
import { runEpilogue } from './epilogue.ts';
import { cacheLogin } from './fault.ts';
import { readJournal } from './journal.ts';
import { type ArmedEntry, openFaults } from './journal-lines.ts';
import { readSecrets } from './secrets.ts';
import { createStepRunner } from './step-runner.ts';
import { type TakeoverReport, takeover, undoLate } from './takeover.ts';
import type { WatchdogConfiguration } from './watchdog.ts';

/**
 * The process that outlives the conductor. On stdin: one line of configuration, then `change` whenever a fault was armed or put
 * back, and `bye` at an orderly end. The end of stdin without `bye` means that the conductor is gone: then it takes over.
 * Logs to stderr (logs/watchdog.log); secrets are read from undo.secrets and never logged.
 */

const lookEveryMs = 250;
/** Grace beyond a fault's deadline, for a conductor that is just putting it back. */
const graceMs = 2000;
const takeoversMax = 5;
const betweenTakeoversMs = 5000;

let open: readonly ArmedEntry[] = [];
let orderly = false;
let atWork = false;

const lines = createInterface({ input: process.stdin });
const configured = new Promise<WatchdogConfiguration>((resolve) => {
  lines.once('line', (line) => resolve(JSON.parse(line)));
});
const ended = new Promise<void>((resolve) => {
  lines.once('close', resolve);
});

// Whoever presses Ctrl-C or logs out wants the run to end, not its undo.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (open.length === 0 && !atWork) process.exit(0);
    say(`${name} ignored: ${namesOf(open)} must be put back first`);
  });
}

const configuration = await configured;
lines.on('line', (line) => {
  if (line === 'bye') orderly = true;
  else void look().catch(sayError);
});
const looking = setInterval(() => void lookForLate().catch(sayError), lookEveryMs);
process.stdout.write('ready\n');

await ended;
clearInterval(looking);
await (orderly ? leave() : restore()).catch(sayError);
process.exit(0);

/** Not the conductor's pipe but the journal says what is open: it was there first. */
async function look(): Promise<void> {
  const known = new Set(open.map((fault) => fault.fault));
  open = openFaults((await readJournal(configuration.folder)).entries);
  for (const fault of open) if (!known.has(fault.fault)) await tryTheWay(fault);
}

/**
 * Logs in once where it may have to put something back: a way that is closed is said while the conductor still lives, and the
 * first connection of a process takes some thirty times as long as the later ones. May meet the fault at work; changes nothing.
 */
async function tryTheWay({ fault, undo }: ArmedEntry): Promise<void> {
  for (const step of undo) {
    if (step.do !== 'start-containers') continue;
    const { engineVersion } = await import('./container-steps.ts');
    say(`watching ${fault}: ${step.containers.engine} answers ${(await engineVersion(step)) ?? 'nothing'}`);
  }
  const step = undo.find((candidate) => 'cache' in candidate);
  if (step === undefined || !('cache' in step)) return;
  const runner = createStepRunner(null, await readSecrets(configuration.folder));
  const answer = await runner.read({ read: 'fresh-login', cache: step.cache, as: cacheLogin });
  say(`watching ${fault}: ${step.cache.address} answers ${answer ?? 'nothing'}`);
}

/** Puts back what is long past its time although the conductor lives: it hangs, or it is being debugged while staging burns. */
async function lookForLate(): Promise<void> {
  const late = open.filter(isLate);
  if (late.length === 0 || atWork) return;
  atWork = true;
  say(`past the deadline: ${namesOf(late)}`);
  try {
    tell(await undoLate({ ...configuration, by: 'watchdog, past the deadline' }, isLate));
    await look();
  } finally {
    atWork = false;
  }
}

/** Pods come back by themselves, and only the conductor can see that they have. */
function isLate(fault: ArmedEntry): boolean {
  return machineClock.nowMs() > fault.deadlineMs + graceMs && fault.undo.some((step) => step.do !== 'await-replacements');
}

async function leave(): Promise<void> {
  await look();
  if (open.length > 0) tell(await undoLate({ ...configuration, by: 'watchdog, at the end' }, () => true));
}

async function restore(): Promise<void> {
  say('the conductor is gone');
  atWork = true;
  for (let attempt = 1; attempt <= takeoversMax; attempt++) {
    const report = await takeover({ ...configuration, by: 'watchdog' });
    tell(report);
    if (report.outcome !== 'failed' && report.outcome !== 'busy') break;
    if (attempt < takeoversMax) await new Promise((resolve) => setTimeout(resolve, betweenTakeoversMs));
  }
  const problem = await runEpilogue(configuration.epilogue);
  if (problem !== null) say(problem);
}

function tell(report: TakeoverReport): void {
  for (const problem of report.problems) say(problem);
  for (const { fault, outcome } of report.faults)
    say(`${fault}: ${outcome.kind}: ${outcome.kind === 'done' ? outcome.evidence : outcome.why}`);
  say(`${report.outcome}; ${report.processesEnded} processes ended`);
}

function namesOf(faults: readonly ArmedEntry[]): string {
  return faults.map((fault) => fault.fault).join(', ');
}

function sayError(error: unknown): void {
  say(`failed: ${error instanceof Error ? error.message : String(error)}`);
}

function say(text: string): void {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}
