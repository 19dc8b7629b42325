/**
 * Everything a report holds was written by somebody else: titles, persona names, error texts of servers. Each format that it is
 * put into has its own way of being broken out of.
 */

const htmlEntities: { [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Characters that cannot be seen and change what can: controls, marks that turn a text around, spaces without width. Written out, so
 * that a line reads as it stands. The two joiners (U+200C, U+200D) stay: scripts and emoji need them.
 */
export function writeOutInvisible(text: string): string {
  return text.replace(invisible, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** For element content and quoted attributes of HTML and XML alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEntities[character] as string);
}

/** As above; characters that XML 1.0 forbids even as references (section 2.2) become U+FFFD, since one of them voids the file. */
export function escapeXml(text: string): string {
  return escapeHtml(text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd'));
}

/** JSON for a script element: `</script>` and `<!--` cannot appear in it, and it parses back to the same value. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

/** One line of GitHub-flavoured Markdown, safe inside a table cell: nothing in it is markup, link, mention or HTML. */
export function escapeMarkdown(text: string): string {
  return escapeHtml(plainText(text))
    .replace(/[\\`*_{}[\]|~#]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}

/** A code span of Markdown, fenced by more backticks than the text itself holds in a row. */
export function codeSpan(text: string): string {
  const line = plainText(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** One line for a terminal: control characters, with which a text could move the cursor or change the title, become spaces. */
export function plainText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}
