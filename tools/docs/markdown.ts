/** A table of GitHub-flavoured Markdown. Cells are Markdown already (`code`, `plain`); what would end a cell is escaped. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** Text in which `<time>` is no element and `*` no emphasis. */
export function plain(text: string): string {
  return text.replace(/[\\*_<]/g, '\\$&');
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
}
