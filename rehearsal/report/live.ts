import { stripVTControlCharacters } from 'node:util';
import { plainText } from './escape.ts';
import { type LiveState, liveBlock, liveLine } from './live-lines.ts';
import { lengthOf } from './text-table.ts';

export type { LiveState } from './live-lines.ts';

/** What somebody watches while it runs. */
export interface LiveView {
  update(state: LiveState): void;
  /** One line that stays. */
  line(text: string): void;
  /** Takes the block away; nothing is painted after it. Safe to call twice. */
  end(): void;
}

/** The part of a terminal's stream that is used; `columns` may change while it runs. */
export type LiveStream = { write(text: string): unknown; columns?: number | undefined };

export type LiveOptions = {
  tty: boolean;
  color: boolean;
  /** Monotonic milliseconds. */
  now: () => number;
};

const repaintEveryMs = 250;
const lineEveryMs = 5000;
const columnsDefault = 80;

/** A repainted block on a terminal, plain lines when piped. */
export function createLiveView(stream: LiveStream, options: LiveOptions): LiveView {
  return options.tty ? paintedView(stream, options) : plainView(stream, options);
}

/** A line when the phase changes, and one every five seconds in between. A phase that was just told by `line` is not repeated. */
function plainView(stream: LiveStream, { now }: LiveOptions): LiveView {
  const announced = new Set<string>();
  let phase: string | null = null;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let ended = false;
  const tell = (text: string) => {
    stream.write(`${text}\n`);
  };
  return {
    update(state) {
      if (ended) return;
      const entered = state.phase !== phase;
      if (!entered && now() - toldAtMs < lineEveryMs) return;
      if (!entered) tell(liveLine(state));
      else if (!announced.has(plainText(state.phase))) tell(plainText(state.phase));
      announced.clear();
      phase = state.phase;
      toldAtMs = now();
    },
    line(text) {
      announced.add(plainText(text));
      tell(plainLine(text));
    },
    end() {
      ended = true;
    },
  };
}

/**
 * The cursor always stands below the block and is never hidden, so there is nothing to restore, however the process ends.
 * Each repaint is one write, which terminals show without flicker.
 */
function paintedView(stream: LiveStream, { color, now }: LiveOptions): LiveView {
  let state: LiveState | null = null;
  let painted: readonly string[] = [];
  let paintedAtMs = Number.NEGATIVE_INFINITY;
  let ended = false;
  const columns = () => Math.max(20, (stream.columns ?? columnsDefault) - 1);
  const repaint = (above: string) => {
    const block = state === null || ended ? [] : liveBlock(state, columns(), color);
    stream.write(`${erase(painted, columns() + 1)}${above}${block.map((line) => `${line}\n`).join('')}`);
    painted = block;
    paintedAtMs = now();
  };
  return {
    update(next) {
      const entered = state?.phase !== next.phase;
      state = next;
      if (!ended && (entered || now() - paintedAtMs >= repaintEveryMs)) repaint('');
    },
    line: (text) => repaint(`${plainLine(text)}\n`),
    end() {
      if (ended) return;
      ended = true;
      repaint('');
    },
  };
}

/** Moves up over the block and clears from there. A terminal that became narrower has broken its lines into several. */
function erase(lines: readonly string[], columns: number): string {
  if (lines.length === 0) return '';
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(lengthOf(stripVTControlCharacters(line)) / columns)), 0);
  return `\u001b[${rows}A\r\u001b[J`;
}

/** Indentation is the caller's, control characters are nobody's. */
function plainLine(text: string): string {
  const indent = /^ */.exec(text)?.[0] ?? '';
  return indent + plainText(text);
}
