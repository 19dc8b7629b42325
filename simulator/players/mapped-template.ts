import { type Json, profilePlaceholder, splitTemplate } from './api-mapping.ts';
import type { Ask } from './player.ts';
import type { BodyTemplate } from './request.ts';

/** Who asks what, and under which number: everything that a placeholder can stand for. */
export type Question = { ask: Ask; playerId: string; sessionId: string; requestId: string; template: BodyTemplate };

/** Writes one text for one question. Made once per scenario, called for every request. */
export type Writer = (question: Question) => string;

type Value = (question: Question) => string | number;
export type Worlds = { readonly [world: string]: string };

/** A path: what stands in for a placeholder is one segment or one parameter, whatever characters it has. */
export function pathWriter(path: string, worlds: Worlds): Writer {
  return textWriter(path, worlds, (value) => encodeURIComponent(String(value)));
}

/** Plain text, for what an answer must repeat. */
export function plainWriter(text: string, worlds: Worlds): Writer {
  return textWriter(text, worlds, String);
}

/** A body as JSON text; what does not change was written when the scenario was read. */
export function bodyWriter(body: Json, worlds: Worlds): Writer {
  const pieces = joinTexts(piecesOf(body, worlds));
  return (question) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(question);
    return text;
  };
}

function textWriter(template: string, worlds: Worlds, write: (value: string | number) => string): Writer {
  const parts = splitTemplate(template).map((part, index) => (index % 2 === 0 ? part : valueOf(part, worlds)));
  return (question) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : write(part(question));
    return text;
  };
}

type Piece = string | Writer;

function piecesOf(body: Json, worlds: Worlds): readonly Piece[] {
  if (typeof body === 'string') return [stringPiece(body, worlds)];
  if (body === null || typeof body !== 'object') return [JSON.stringify(body)];
  if (Array.isArray(body))
    return listed(
      '[',
      ']',
      (body as readonly Json[]).map((item) => piecesOf(item, worlds)),
    );
  const members = Object.keys(body).map((key) => [
    `${JSON.stringify(key)}:`,
    ...piecesOf((body as { [key: string]: Json })[key] as Json, worlds),
  ]);
  return listed('{', '}', members);
}

function stringPiece(text: string, worlds: Worlds): Piece {
  const parts = splitTemplate(text);
  const [before, name, after] = parts;
  if (name === undefined) return JSON.stringify(text);
  if (parts.length > 3 || before !== '' || after !== '') {
    const write = plainWriter(text, worlds);
    return (question) => JSON.stringify(write(question));
  }
  if (name === profilePlaceholder) return ({ template }) => `{${template.members}}`;
  const value = valueOf(name, worlds);
  return (question) => JSON.stringify(value(question));
}

function listed(open: string, close: string, items: readonly (readonly Piece[])[]): readonly Piece[] {
  const pieces: Piece[] = [open];
  items.forEach((item, index) => {
    if (index > 0) pieces.push(',');
    pieces.push(...item);
  });
  pieces.push(close);
  return pieces;
}

function joinTexts(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined[joined.length - 1];
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

function valueOf(name: string, worlds: Worlds): Value {
  switch (name) {
    case 'world':
      return ({ ask }) => worlds[ask.world] ?? ask.world;
    case 'x':
      return ({ ask }) => ask.x;
    case 'y':
      return ({ ask }) => ask.y;
    case 'z':
      return ({ ask }) => ask.z;
    case 'radius':
    case 'size':
      return ({ ask }) => ask.size;
    case 'limit':
      return ({ ask }) => ask.limit;
    case 'id':
      return ({ ask }) => ask.treasureId;
    case 'playerId':
      return ({ playerId }) => playerId;
    case 'sessionId':
      return ({ sessionId }) => sessionId;
    case 'requestId':
      return ({ requestId }) => requestId;
    default:
      throw new RangeError(`{${name}} stands for nothing.`);
  }
}
