import { onPath } from './processes/shell.ts';
import { judgements, parser } from './subjects/answers.ts';
import { behaviour, journeys, requests } from './subjects/crowd.ts';
import { engineInMemory, engineOnSockets } from './subjects/engine.ts';
import { histogram, timingWheel } from './subjects/measure.ts';
import { type Subject, type Timed, time } from './subjects/subject.ts';

/** Measures the parts by themselves, in this process: `node bench/subjects.ts [BEGINNING OF A NAME]`; one line of JSON for each. */
const subjects: readonly Subject[] = [journeys, behaviour, requests, parser, ...judgements, histogram, timingWheel, engineInMemory];

export function readTimed(output: string): readonly Timed[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Timed);
}

if (import.meta.main) {
  const wanted = process.argv[2] ?? '';
  const here = (await onPath('nginx')) === null ? subjects : [...subjects, engineOnSockets];
  for (const subject of here) {
    if (subject.name.startsWith(wanted)) process.stdout.write(`${JSON.stringify(await time(subject))}\n`);
  }
}
