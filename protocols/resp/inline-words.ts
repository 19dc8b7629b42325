/**
 * Splits a line that a person typed (`SET 'a b' "x\n"`) into words, or null where quotes are unbalanced.
 * Double quotes know \n \r \t \b \a \xHH, single quotes only \'; a closing quote must end its word.
 */
export function inlineWords(line: string): string[] | null {
  const words: string[] = [];
  let at = skipSpaces(line, 0);
  while (at < line.length) {
    const word = readWord(line, at);
    if (word === null) return null;
    words.push(word.text);
    at = skipSpaces(line, word.end);
  }
  return words;
}

type Read = { text: string; end: number };

function readWord(line: string, from: number): Read | null {
  let text = '';
  let at = from;
  while (at < line.length && !isSpace(line, at) && line[at] !== '\0') {
    const quote = line[at];
    if (quote !== '"' && quote !== "'") {
      text += quote;
      at += 1;
      continue;
    }
    const quoted = quote === '"' ? readDoubleQuoted(line, at + 1) : readSingleQuoted(line, at + 1);
    if (quoted === null || (quoted.end < line.length && !isSpace(line, quoted.end))) return null;
    return { text: text + quoted.text, end: quoted.end };
  }
  // A NUL ends the line, as it ends a C string.
  return { text, end: line[at] === '\0' ? line.length : at };
}

const escapes: { [letter: string]: string } = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

function readDoubleQuoted(line: string, from: number): Read | null {
  let text = '';
  for (let at = from; at < line.length; at++) {
    const letter = line[at] as string;
    if (letter === '"') return { text, end: at + 1 };
    if (letter !== '\\' || at + 1 >= line.length) {
      text += letter;
      continue;
    }
    const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(at + 1, at + 4));
    text += hex === null ? (escapes[line[at + 1] as string] ?? line[at + 1]) : String.fromCharCode(Number.parseInt(hex[1] as string, 16));
    at += hex === null ? 1 : 3;
  }
  return null;
}

function readSingleQuoted(line: string, from: number): Read | null {
  let text = '';
  for (let at = from; at < line.length; at++) {
    if (line[at] === "'") return { text, end: at + 1 };
    if (line[at] === '\\' && line[at + 1] === "'") at += 1;
    text += line[at];
  }
  return null;
}

function skipSpaces(line: string, from: number): number {
  let at = from;
  while (at < line.length && isSpace(line, at)) at += 1;
  return at;
}

function isSpace(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13);
}
