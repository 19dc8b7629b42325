import { writeWhole } from '../../machine/whole-file.ts';
import type { CrowdDrawing } from '../report/drawing-format.ts';
import { drawingPage } from '../report/drawing-page.ts';
import { drawingText } from '../report/drawing-text.ts';
import { describeDrawing } from './describe-drawing.ts';
import { drawCrowd } from './draw-crowd.ts';
import type { PreparedDrawing } from './prepare-drawing.ts';

/** Where the drawing is told, and how. */
export type DrawingTerminal = { people: NodeJS.WriteStream; json: boolean; quiet: boolean; color: boolean; tty: boolean; columns: number };

/** Draws, writes the page, and tells people or scripts. */
export async function performDrawing({ names, drawn, page }: PreparedDrawing, terminal: DrawingTerminal): Promise<void> {
  const progress = terminal.tty && !terminal.quiet ? progressOn(terminal.people) : noProgress;
  const tally = drawCrowd(drawn, progress.show);
  progress.clear();
  const drawing = describeDrawing(names, drawn, tally);
  if (page !== null) await writeWhole(page, drawingPage(drawing));
  tell(drawing, page, terminal);
}

function tell(drawing: CrowdDrawing, page: string | null, { people, json, quiet, color, columns }: DrawingTerminal): void {
  if (json) process.stdout.write(`${JSON.stringify(drawing, null, 2)}\n`);
  if (quiet) return;
  if (!json) people.write(drawingText(drawing, { color, columns }));
  if (page !== null) people.write(`${json ? '' : '\n'}Page          ${page}\n`);
}

type Progress = { show(share: number): void; clear(): void };

const noProgress: Progress = { show: () => {}, clear: () => {} };

/** One line that is written over, a few times a second. */
function progressOn(people: NodeJS.WriteStream): Progress {
  let shownAtMs = performance.now();
  return {
    show(share) {
      if (performance.now() - shownAtMs < 200) return;
      shownAtMs = performance.now();
      people.write(`\r${String(Math.floor(share * 100)).padStart(3)} % of the time is drawn`);
    },
    clear: () => void people.write('\r\u001b[K'),
  };
}
