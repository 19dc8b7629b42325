import { escapeHtml, escapeXml, writeOutInvisible } from './escape.ts';

/** Text that is markup already. Only the tags below make it, so a string of the report cannot be mistaken for it. */
export type Markup = { readonly markup: string };

type Piece = string | number | Markup | readonly Markup[];

/** Template tags that escape whatever is put in, unless it is markup itself: forgetting to escape is not possible. */
export const html = template((text) => escapeHtml(writeOutInvisible(text)));
export const xml = template(escapeXml);

/** For code and styles of this project or of a library, never for anything out of a report. */
export function trusted(markup: string): Markup {
  return { markup };
}

export const nothing: Markup = { markup: '' };

function template(escape: (text: string) => string) {
  return (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => {
    let markup = strings[0] ?? '';
    pieces.forEach((piece, index) => {
      markup += write(piece, escape) + (strings[index + 1] ?? '');
    });
    return { markup };
  };
}

function write(piece: Piece, escape: (text: string) => string): string {
  if (typeof piece === 'string') return escape(piece);
  if (typeof piece === 'number') return String(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(({ markup }) => markup).join('\n');
}
