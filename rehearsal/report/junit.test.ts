import { describe, expect, test } from 'vitest';
import { sampleReport } from './fixtures/sample-report.ts';
import type { Report } from './format.ts';
import { renderJunit } from './junit.ts';

type Element = { name: string; attributes: { [name: string]: string } };

/** A small checker: one root, tags that match, quoted unique attributes, no stray `<` or `&`, no forbidden character. */
function parse(document: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  const body = document.replace(/^<\?xml[^?]*\?>\s*/, '');
  expect(body).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/);
  const tag = /<(\/?)([a-z-]+)((?:\s+[a-zA-Z]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/g;
  for (const [, closing, name = '', attributes = '', selfClosing, text = '', stray] of body.matchAll(tag)) {
    expect(stray).toBeUndefined();
    expect(text + attributes).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
    if (name === '') continue;
    if (closing === '/') expect(open.pop()).toBe(name);
    else {
      const pairs = [...attributes.matchAll(/([a-zA-Z]+)="([^"]*)"/g)].map((match): [string, string] => [
        match[1] as string,
        match[2] as string,
      ]);
      expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length);
      elements.push({ name, attributes: Object.fromEntries(pairs) });
      if (selfClosing !== '/') open.push(name);
    }
  }
  expect(open).toEqual([]);
  return elements;
}

function count(elements: readonly Element[], name: string): number {
  return elements.filter((element) => element.name === name).length;
}

test('a held run is all green, with a case for each expectation, each fault, the cleanup and the verdict', () => {
  const report = sampleReport();
  const elements = parse(renderJunit(report));
  expect(count(elements, 'testcase')).toBe(report.expectations.length + report.faults.length + 2);
  expect(count(elements, 'failure') + count(elements, 'error')).toBe(0);
});

test('an expectation that is not met is a failure, one without data an error, and the totals agree', () => {
  const report = sampleReport({ careless: true });
  const [first, ...rest] = report.expectations;
  if (first === undefined) throw new Error('the sample has no expectation');
  const elements = parse(renderJunit({ ...report, expectations: [{ ...first, observed: null, met: null }, ...rest] }));
  expect(count(elements, 'failure')).toBe(2);
  expect(count(elements, 'error')).toBe(1);
  for (const suite of elements.filter(({ name }) => name.startsWith('testsuite'))) {
    expect(suite.attributes).toMatchObject({ tests: String(count(elements, 'testcase')), failures: '2', errors: '1' });
  }
});

describe('whatever is not held is red', () => {
  const held = sampleReport();
  const verdicts: readonly (readonly [string, Partial<Report>])[] = [
    ['a fault that did not bite', { faults: held.faults.map((fault) => ({ ...fault, bite: { proven: false, evidence: [] } })) }],
    ['a fault that was never applied', { faults: held.faults.map((fault) => ({ ...fault, appliedAtMs: null })) }],
    ['a failed cleanup', { verdict: { ...held.verdict, cleanup: 'failed' } }],
    ['a conflict', { verdict: { ...held.verdict, cleanup: 'conflict' } }],
    ['an inconclusive run', { verdict: { ...held.verdict, status: 'inconclusive' } }],
    ['an aborted run', { verdict: { ...held.verdict, status: 'aborted' } }],
    ['an interrupted run', { verdict: { ...held.verdict, status: 'interrupted' } }],
    ['a fault of the tool', { verdict: { ...held.verdict, status: 'error' } }],
  ];
  test.each(verdicts)('%s', (_name, changes) => {
    const elements = parse(renderJunit({ ...held, ...changes }));
    expect(count(elements, 'failure') + count(elements, 'error')).toBeGreaterThan(0);
  });
});

test('markup, quotes and control characters in a report leave the file well-formed', () => {
  const nasty = '</testcase> & "quoted" \u0000\u001b[31m \ud800 ]]>';
  const report = sampleReport({ careless: true });
  const expectations = report.expectations.map((expectation) => ({ ...expectation, text: nasty, observed: nasty, limit: nasty }));
  const document = renderJunit({ ...report, title: nasty, scenario: nasty, reproduce: nasty, expectations });
  expect(count(parse(document), 'failure')).toBe(2);
});
