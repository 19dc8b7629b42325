import { type Clock, sleep } from '../../core/clock.ts';
import type { Plan } from '../plan.ts';
import type { RunHeader } from '../record.ts';
import type { LiveState } from '../report/live.ts';
import { type Annotation, createGrafanaClient, type GrafanaClient } from './grafana-client.ts';
import type { Onlooker } from './onlooker.ts';
import type { GrafanaPlace } from './onlooker-wishes.ts';

/** How long the end of a run waits for what Grafana has not answered yet. */
const goodbyeMsMax = 5_000;

/** Marks each fault in Grafana at the times that were measured: a line when it was applied, made a band when it was put back. */
export function openAnnotator(place: GrafanaPlace, clock: Clock): Onlooker {
  let marks: Marks | null = null;
  return {
    around(world, plan, header) {
      const ours = openMarks(createGrafanaClient(place), wordsOf(plan, header), once(world.sink.line));
      marks = ours;
      return {
        ...world,
        sink: {
          ...world.sink,
          show(state, windows) {
            ours.note(state.faults, () => new Date(world.clock.wallMs() - world.engine.nowMs()).valueOf());
            world.sink.show(state, windows);
          },
        },
      };
    },
    async end({ faults, header }) {
      marks?.note(faults, () => Date.parse(header.startedAt));
      await Promise.race([marks?.written(), sleep(clock, goodbyeMsMax)]);
    },
  };
}

type Words = (fault: string) => { tags: readonly string[]; text: string };
type Mark = { id: Promise<number | null>; isClosed: boolean };

interface Marks {
  /** `begunMs`: the epoch time at which play began. */
  note(faults: LiveState['faults'], begunMs: () => number): void;
  written(): Promise<unknown>;
}

function openMarks(grafana: GrafanaClient, words: Words, complain: (line: string) => void): Marks {
  const marks = new Map<string, Mark>();
  const under: Promise<unknown>[] = [];
  // Asked once: both ends of a band count from the same moment.
  let begunAtMs: number | null = null;
  const failed = (error: Error) => {
    complain(`Grafana takes no annotations, the run goes on without them: ${error.message}`);
    return null;
  };
  /** What could not be begun may be told as a whole now. */
  const close = async ({ id }: Mark, annotation: Annotation, timeEnd: number): Promise<void> => {
    const known = await id;
    if (known === null) await grafana.add({ ...annotation, timeEnd });
    else await grafana.end(known, timeEnd);
  };
  return {
    note(faults, begunMs) {
      for (const { id, appliedAtMs, undoneAtMs } of faults) {
        if (appliedAtMs === null) continue;
        begunAtMs ??= begunMs();
        const annotation = { ...words(id), time: Math.round(begunAtMs + appliedAtMs) };
        const mark = marks.get(id) ?? { id: grafana.add(annotation).catch(failed), isClosed: false };
        marks.set(id, mark);
        if (undoneAtMs === null || mark.isClosed) continue;
        mark.isClosed = true;
        const timeEnd = Math.round(begunAtMs + undoneAtMs);
        under.push(close(mark, annotation, timeEnd).catch(failed));
      }
    },
    written: () => Promise.all([...under, ...[...marks.values()].map(({ id }) => id)]),
  };
}

function wordsOf(plan: Plan, { title, environment, runId }: RunHeader): Words {
  return (fault) => {
    const { kind = fault, variant = '' } = plan.faults.find(({ id }) => id === fault) ?? {};
    const tags = ['launchstorm', kind, variant, environment].filter((tag) => tag !== '');
    return { tags, text: `${fault} (${variant}) in ${title} on ${environment}, run ${runId}` };
  };
}

function once(say: (line: string) => void): (line: string) => void {
  let hasSaid = false;
  return (line) => {
    if (!hasSaid) say(line);
    hasSaid = true;
  };
}
