/** Node's `.cpuprofile`, as far as it is read here: a tree of functions, and which of them each sample found at work. */
export type Profile = {
  nodes: readonly { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: readonly number[];
  /** Microseconds before each sample. */
  timeDeltas: readonly number[];
};

/** Shares of all time at work: waiting for the network is not among it. */
export type Share = { truth: number; busySeconds: number };

type Line = { name: string; place: string; us: number };

const functionsShown = 40;

/** Loading modules, building bodies and compiling are left out. */
const startUs = 3_000_000;

/** Where the time of truth goes: histograms, windows, accounting of outcomes and chains. */
const truthPlaces = [/\/simulator\/measure\//, /\/simulator\/engine\/(books|chain-track)\.ts/];

export function shareOfTruth(profile: Profile): Share {
  const lines = busyLines(profile);
  const busyUs = sumUs(lines);
  const truthUs = sumUs(lines.filter(({ place }) => truthPlaces.some((pattern) => pattern.test(place))));
  return { truth: busyUs === 0 ? 0 : truthUs / busyUs, busySeconds: busyUs / 1e6 };
}

/** The functions that took most of the time by themselves, as text to be kept and compared. */
export function profileText(profile: Profile, root: string): string {
  const lines = busyLines(profile);
  const busyUs = sumUs(lines);
  const shown = lines.slice(0, functionsShown).map(({ name, place, us }) => `${percent(us, busyUs)}  ${name}  ${shortPlace(place, root)}`);
  const rooms = [...roomsOf(lines, root)].sort(([, one], [, other]) => other - one).map(([room, us]) => `${percent(us, busyUs)}  ${room}`);
  return [
    `${(busyUs / 1e6).toFixed(1)} s at work`,
    '',
    'by room (self time)',
    ...rooms,
    '',
    `by function (self time), the first ${functionsShown}`,
    ...shown,
    '',
  ].join('\n');
}

/** Self time by function, the most first. Idle is no work; the collector and native code (`(program)`) are. */
function busyLines({ nodes, samples, timeDeltas }: Profile): readonly Line[] {
  const usById = new Map<number, number>();
  let elapsedUs = 0;
  for (const [index, id] of samples.entries()) {
    const us = timeDeltas[index] as number;
    elapsedUs += us;
    if (elapsedUs > startUs) usById.set(id, (usById.get(id) ?? 0) + us);
  }
  const lines = new Map<string, Line>();
  for (const { id, callFrame } of nodes) {
    const us = usById.get(id) ?? 0;
    if (us === 0 || callFrame.functionName === '(idle)') continue;
    const name = callFrame.functionName || '(anonymous)';
    const place = callFrame.url === '' ? '' : `${callFrame.url}:${callFrame.lineNumber + 1}`;
    const line = lines.get(`${name} ${place}`) ?? { name, place, us: 0 };
    line.us += us;
    lines.set(`${name} ${place}`, line);
  }
  return [...lines.values()].sort((one, other) => other.us - one.us);
}

function roomsOf(lines: readonly Line[], root: string): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>();
  for (const { place, name, us } of lines) {
    const room = roomOf(shortPlace(place, root), name);
    rooms.set(room, (rooms.get(room) ?? 0) + us);
  }
  return rooms;
}

function roomOf(place: string, name: string): string {
  if (place === '') return name.startsWith('(') ? name : 'native code';
  if (place.startsWith('node:')) return 'Node itself';
  const packageName = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place)?.[1];
  if (packageName !== undefined) return packageName;
  return /^((?:[a-z0-9-]+\/)+)[a-z0-9.-]+\.ts:/.exec(place)?.[1] ?? 'others';
}

/** Without the folders that only mean something on one machine. */
function shortPlace(place: string, root: string): string {
  const from = place.indexOf(root);
  return from < 0 ? place : place.slice(from + root.length).replace(/^\//, '');
}

function sumUs(lines: readonly Line[]): number {
  return lines.reduce((sum, { us }) => sum + us, 0);
}

function percent(us: number, ofUs: number): string {
  return `${((us / ofUs) * 100).toFixed(1).padStart(5)} %`;
}
