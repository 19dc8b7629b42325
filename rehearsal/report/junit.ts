import { plainText } from './escape.ts';
import type { Report } from './format.ts';
import { type Markup, nothing, xml } from './markup.ts';
import { cleanupSentence, headline, isLeftBroken } from './words.ts';

/** How one case ended: a failure is the service's, an error is ours or nobody's (no data, no proof). */
type Case = { name: string; ended: 'passed' | 'failure' | 'error'; kind: string; message: string };

/** `junit.xml`: the scenario is a suite, an expectation a case. Red whenever the exit code is not 0. Times in seconds. */
export function renderJunit(report: Report): string {
  const cases = casesOf(report);
  const count = (ended: Case['ended']) => cases.filter((each) => each.ended === ended).length;
  const seconds = (report.durationMs / 1000).toFixed(3);
  const totals = xml`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="0" time="${seconds}"`;
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="launchstorm" ${totals}>
<testsuite name="${plainText(report.title)}" ${totals} timestamp="${report.startedAt.replace(/\.\d+Z$/, '')}">
<properties>
${propertiesOf(report)}
</properties>
${cases.map((each) => caseElement(each, report.scenario))}
<system-out>${report.reproduce}</system-out>
</testsuite>
</testsuites>
`.markup;
}

function casesOf(report: Report): readonly Case[] {
  return [...report.expectations.map(expectationCase), ...report.faults.map(biteCase), cleanupCase(report), trustCase(report)];
}

function expectationCase({ text, observed, limit, met }: Report['expectations'][number]): Case {
  const message = `observed ${observed ?? 'nothing'}, promised ${limit}`;
  if (met === null) return { name: text, ended: 'error', kind: 'no-data', message: `no data; ${message}` };
  return { name: text, ended: met ? 'passed' : 'failure', kind: 'expectation', message };
}

function biteCase({ id, appliedAtMs, bite }: Report['faults'][number]): Case {
  const name = `${id} is proven to have bitten`;
  if (appliedAtMs === null) return { name, ended: 'error', kind: 'not-applied', message: 'it was never applied' };
  const message = bite.evidence.join('; ') || 'no evidence was found';
  return { name, ended: bite.proven ? 'passed' : 'error', kind: 'no-bite', message };
}

function cleanupCase(report: Report): Case {
  return {
    name: 'everything was put back',
    ended: isLeftBroken(report.verdict) ? 'failure' : 'passed',
    kind: 'cleanup',
    message: cleanupSentence(report),
  };
}

/** `broken` is a trustworthy verdict; the others are none. */
function trustCase(report: Report): Case {
  const { status, because } = report.verdict;
  const isVerdict = status === 'held' || status === 'broken';
  return {
    name: 'the verdict can be trusted',
    ended: isVerdict ? 'passed' : 'error',
    kind: status,
    message: [headline(report), ...because].join('; '),
  };
}

function caseElement({ name, ended, kind, message }: Case, scenario: string): Markup {
  return xml`<testcase classname="launchstorm.${scenario}" name="${plainText(name)}" time="0">${outcomeElement(ended, kind, message)}</testcase>`;
}

function outcomeElement(ended: Case['ended'], kind: string, message: string): Markup {
  if (ended === 'passed') return nothing;
  const body = xml`message="${plainText(message)}" type="${kind}">${message}`;
  return ended === 'failure' ? xml`<failure ${body}</failure>` : xml`<error ${body}</error>`;
}

function propertiesOf(report: Report): readonly Markup[] {
  const { runId, seed, environment, platform, cacheEngine, commit, crowd } = report;
  const properties = {
    runId,
    seed,
    environment,
    platform,
    cacheEngine,
    commit,
    players: crowd.players,
    requestsPerPlayerPerSecond: crowd.requestsPerPlayerPerSecond,
  };
  return Object.entries(properties).map(([name, value]) => xml`<property name="${name}" value="${String(value ?? 'none')}"/>`);
}
