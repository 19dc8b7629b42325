import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { pointsMax } from './chart-data.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import type { Report } from './format.ts';
import { renderHtml } from './html.ts';
import { findingsMax } from './html-tables.ts';

const attack = '<script>alert("loot")</script><img src=x onerror=alert(1)>';

function scriptsOf(page: string): string[] {
  return [...page.matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1] as string);
}

function chartJsonOf(page: string): string {
  return /<script type="application\/json" id="chart-data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
}

describe('what comes out of a report shows as text', () => {
  /** Every string of a report, replaced by markup; enumerations excepted, which cannot hold any. */
  function attacked(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return ['status', 'cleanup', 'format', 'startedAt'].includes(key) ? value : `${value}${attack}`;
    if (Array.isArray(value)) return value.map((each) => attacked(each));
    if (value === null || typeof value !== 'object') return value;
    const rename = key === 'mix' || key === 'versions' ? attack : '';
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [`${name}${rename}`, attacked(each, name)]));
  }

  const calm = renderHtml(sampleReport());
  const page = renderHtml(attacked(sampleReport()) as Report);

  test('in every text of it', () => {
    expect(page).not.toContain('<img');
    expect(page.match(/<script/g)).toHaveLength(calm.match(/<script/g)?.length ?? 0);
    expect(page).toContain('&lt;script&gt;alert(&quot;loot&quot;)');
  });

  test('in the data of the charts', () => {
    const json = chartJsonOf(page);
    expect(json).not.toContain('<');
    expect(JSON.parse(json).shades[0].label).toContain(attack);
  });
});

describe('one file without network', () => {
  const page = renderHtml(sampleReport());

  test('nothing in it is loaded from anywhere', () => {
    const markup = page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '');
    expect(markup.match(/\s(?:src|href|action|data|poster|srcset|background|ping)\s*=/i)).toBeNull();
    expect(markup.match(/https?:\/\//)).toBeNull();
    expect(page.match(/@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|(?<!\{)import\(/)).toBeNull();
    expect(markup.match(/<(?:link|iframe|object|embed|base)\b/)).toBeNull();
  });

  test('its policy lets only its own two scripts run, which are valid', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy.match(/sha256-/g)).toHaveLength(3);
    expect(policy).not.toContain('unsafe');
    const scripts = scriptsOf(page);
    expect(scripts).toHaveLength(2);
    for (const script of scripts) expect(() => new Script(script)).not.toThrow();
  });

  test('the licence of the drawing library travels with it', () => {
    expect(page).toContain('Permission is hereby granted, free of charge');
  });
});

describe('what it says', () => {
  test('the verdict is a word and a sign, and each unmet expectation is told', () => {
    const report = sampleReport({ careless: true });
    const page = renderHtml(report);
    expect(page).toContain('✗</span> Broken: 2 of 10 expectations not met');
    expect(page.match(/✗ not met/g)).toHaveLength(report.expectations.filter(({ met }) => met === false).length);
  });

  test('every window is told with its rate beside the number of players', () => {
    const report = sampleReport();
    const page = renderHtml(report);
    const heads = page.match(/<b>[^<]+<\/b>[^<]+requests\/s, [\d.]+ per player \(400 players\)/g);
    expect(heads).toHaveLength(report.windows.length);
  });

  test('the story tells each fault in one row: what players felt, how long recovery took, where and when', () => {
    const page = renderHtml(sampleReport());
    const story = /<div class="story">(.*?)<\/table>/s.exec(page)?.[1] ?? '';
    const rows = [...story.matchAll(/<tr>(.*?)<\/tr>/gs)].map((row) => (row[1] as string).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
    expect(rows.map((row) => row.split(' ')[1])).toEqual(['what', 'nothing,', 'pod-kill', 'redis-auth', 'nothing,']);
    expect(rows[2]).toMatch(/ 97\.15 % of 2,567 .* 6\.0 s after it was put back .* pod-2, pod-1, pod-3 from 15\.0 s for 10\.0 s/);
  });

  test('the story of a run with many faults stays short, and one without faults tells its windows', () => {
    const report = sampleReport();
    const faults = Array.from({ length: 50 }, (_unused, index) => ({ ...report.faults[0]!, id: `pod-kill-${index}` }));
    expect(renderHtml({ ...report, faults })).toContain('What players felt. The first 12 of 52');
    const load = { ...report, faults: [], windows: [{ ...report.windows[1]!, name: 'run' }] };
    expect(renderHtml(load)).toContain('<th scope="row">run</th><td class="number"><b>100 %</b>');
  });

  test('a failed cleanup is loud, whatever the verdict', () => {
    const report = sampleReport();
    const page = renderHtml({ ...report, verdict: { ...report.verdict, cleanup: 'failed' } });
    expect(page).toContain('<div class="verdict bad">');
    expect(page).toContain('Something may still be broken. Run: launchstorm recover');
  });

  test('a fault that is not proven to have bitten is told', () => {
    const report = sampleReport();
    const faults = report.faults.map((fault) => ({ ...fault, bite: { proven: false, evidence: [] } }));
    expect(renderHtml({ ...report, faults }).match(/✗ not proven: it may have touched nothing/g)).toHaveLength(2);
  });

  test('a run in which nothing was broken, promised or counted is still a page', () => {
    const empty = { ...sampleReport(), windows: [], faults: [], expectations: [], pods: [], findings: [], seconds: [], notes: [] };
    expect(renderHtml(empty)).toContain('Nothing was broken on purpose.');
  });
});

describe('its size is bounded', () => {
  const fiveMb = 5_000_000;

  test('for an hour of play', () => {
    const page = renderHtml(sampleReport({ seconds: 3600, players: 5 }));
    expect(Buffer.byteLength(page)).toBeLessThan(fiveMb);
    expect(JSON.parse(chartJsonOf(page)).fromSeconds).toHaveLength(3600);
  });

  test('for a day of play with thousands of findings and endless error texts', () => {
    const report = sampleReport();
    const second = report.seconds[20];
    const finding = report.findings[0];
    if (second === undefined || finding === undefined) throw new Error('the sample has neither');
    const seconds = Array.from({ length: 86_400 }, (_unused, at) => ({ ...second, fromMs: at * 1000, toMs: at * 1000 + 1000 }));
    const findings = Array.from({ length: 5000 }, () => ({ ...finding, text: 'x'.repeat(10_000) }));
    const page = renderHtml({ ...report, durationMs: 86_400_000, seconds, findings });
    expect(Buffer.byteLength(page)).toBeLessThan(fiveMb);
    expect(JSON.parse(chartJsonOf(page)).fromSeconds.length).toBeLessThanOrEqual(pointsMax);
    expect(page).toContain(`The first ${findingsMax} of 5,000`);
    expect(page.match(/x{600}…/g)).toHaveLength(findingsMax);
  });
});
