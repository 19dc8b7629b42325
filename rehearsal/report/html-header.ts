import type { Report, Verdict } from './format.ts';
import { cut, list } from './html-parts.ts';
import { storyTable } from './html-story.ts';
import { html, type Markup } from './markup.ts';
import { writeSpan } from './numbers.ts';
import { cleanupSentence, crowdSentence, headline, isLeftBroken, orNone, verdictSigns } from './words.ts';

/** The verdict first: everything below it is there to be believed or doubted. */
export function pageHeader(report: Report): Markup {
  return html`<header>
<h1>${cut(report.title)}</h1>
${verdictBox(report)}
${factsLine(report)}
<div class="replay"><span class="muted">Play it again</span> <code id="reproduce">${report.reproduce}</code> <button type="button" data-copies="reproduce">copy</button></div>
</header>`;
}

const tones: { readonly [status in Verdict['status']]: string } = {
  held: 'good',
  broken: 'bad',
  inconclusive: 'unsure',
  aborted: 'bad',
  interrupted: 'unsure',
  error: 'unsure',
};

function verdictBox(report: Report): Markup {
  const { verdict } = report;
  const cleanup = isLeftBroken(verdict)
    ? html`<p><strong class="bad">! ${cleanupSentence(report)}</strong></p>`
    : html`<p class="muted">${cleanupSentence(report)}</p>`;
  return html`<div class="verdict ${isLeftBroken(verdict) ? 'bad' : tones[verdict.status]}">
<p class="headline"><span class="sign" aria-hidden="true">${verdictSigns[verdict.status]}</span> ${headline(report)}</p>
${list(verdict.because)}
${storyTable(report)}
${cleanup}
</div>`;
}

function factsLine(report: Report): Markup {
  const facts: readonly (readonly [string, string])[] = [
    ['crowd', crowdSentence(report)],
    ['scenario', report.scenario],
    ['seed', String(report.seed)],
    ['environment', report.environment],
    ['platform', report.platform],
    ['cache', orNone(report.cacheEngine)],
    ['commit', report.commit === null ? orNone(null) : report.commit.slice(0, 12)],
    ['started', `${report.startedAt.replace('T', ' ').replace(/\.\d+/, '')} by ${report.startedBy}`],
    ['length', writeSpan(report.durationMs)],
    ['run', report.runId],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${cut(value)}</dd></div>`)}</dl>`;
}
