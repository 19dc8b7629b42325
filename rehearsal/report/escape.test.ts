import { describe, expect, test } from 'vitest';
import { codeSpan, escapeHtml, escapeJson, escapeMarkdown, escapeXml, plainText, writeOutInvisible } from './escape.ts';

const nasty = '</script><script>alert(1)</script><!-- " \' & \u2028 @team | `x`';

test('text cannot become an element or leave an attribute', () => {
  expect(escapeHtml(nasty)).not.toMatch(/[<>"']/);
  expect(escapeHtml('a & b')).toBe('a &amp; b');
});

test('json in a script element cannot end it and parses back to the same value', () => {
  const json = escapeJson({ nasty });
  expect(json).not.toContain('<');
  expect(json).not.toContain('\u2028');
  expect(JSON.parse(json)).toEqual({ nasty });
});

test('xml loses the characters that would void the whole file, and keeps line breaks', () => {
  expect(escapeXml('a\u0000b\u001bc\ud800d\ufffe')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
  expect(escapeXml('a\n\tb')).toBe('a\n\tb');
});

describe('markdown', () => {
  test('cannot break out of a table cell, become a link, or call somebody', () => {
    const escaped = escapeMarkdown('a | b\n| c | [x](y) @team <b>');
    expect(escaped).not.toMatch(/(?<!\\)[|[\]]/);
    expect(escaped).not.toContain('\n');
    expect(escaped).not.toContain('@team');
    expect(escaped).not.toContain('<');
  });

  test('a code span is fenced by more backticks than it holds', () => {
    expect(codeSpan('npm run x')).toBe('`npm run x`');
    expect(codeSpan('a `` b')).toBe('``` a `` b ```');
  });
});

test('a terminal gets no control characters and no reordering of what it shows', () => {
  expect(plainText('\u001b[2Jgone\u0007\r\nnext\u202e!')).toBe('[2Jgone next !');
});

test('what cannot be seen is written out, what scripts and emoji need stays', () => {
  expect(writeOutInvisible('a\u202eb\u200b\u0007')).toBe('a⟨U+202E⟩b⟨U+200B⟩⟨U+0007⟩');
  const kept = 'שלום مرحبا नमस्ते\n👩\u200d🚀 é';
  expect(writeOutInvisible(kept)).toBe(kept);
});
