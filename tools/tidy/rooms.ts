/**
 * The house as data: every room, and the rooms that it may import from. A room may always import from itself.
 * The longest name that a path begins with is its room. ARCHITECTURE.md shows the same table to people.
 */
export const rooms = {
  core: [],
  machine: ['core'],
  protocols: ['core', 'machine'],
  'simulator/players': ['core'],
  'simulator/measure': ['core'],
  'simulator/crowd': ['core', 'simulator/players', 'simulator/measure'],
  'simulator/payloads': ['core', 'simulator/players', 'simulator/crowd', 'simulator/measure'],
  'simulator/transports': ['core', 'simulator/players', 'simulator/crowd', 'simulator/measure'],
  'simulator/engine': ['core', 'simulator/players', 'simulator/crowd', 'simulator/measure', 'simulator/payloads', 'simulator/transports'],
  'simulator/crew': [
    'core',
    'machine',
    'simulator/players',
    'simulator/crowd',
    'simulator/measure',
    'simulator/transports',
    'simulator/engine',
  ],
  'simulator/k6': ['core', 'machine', 'simulator/players', 'simulator/crowd', 'simulator/measure', 'simulator/engine'],
  'platforms/cluster-model': ['core'],
  chaos: ['core', 'machine', 'protocols', 'platforms/cluster-model'],
  platforms: ['core', 'machine', 'protocols', 'platforms/cluster-model'],
  'rehearsal/report': ['core', 'machine'],
  rehearsal: ['core', 'machine', 'protocols', 'simulator', 'chaos', 'platforms', 'platforms/cluster-model', 'rehearsal/report'],
  analysis: ['core', 'machine', 'protocols', 'simulator', 'chaos', 'platforms', 'rehearsal', 'rehearsal/report'],
  cli: ['core', 'machine', 'protocols', 'simulator', 'chaos', 'platforms', 'rehearsal', 'rehearsal/report', 'analysis'],
  scenarios: ['rehearsal'],
  service: [],
  dashboards: [],
  tools: [
    'core',
    'machine',
    'protocols',
    'simulator',
    'chaos',
    'platforms',
    'rehearsal',
    'rehearsal/report',
    'analysis',
    'cli',
    'dashboards',
  ],
  bench: ['core', 'machine', 'protocols', 'simulator', 'chaos', 'platforms', 'rehearsal', 'rehearsal/report', 'analysis'],
} as const satisfies { readonly [room: string]: readonly string[] };

export type Room = keyof typeof rooms;

/** Rooms that are declarations only: what they import must vanish before anything runs. */
export const typesOnly: readonly Room[] = ['scenarios'];

/** Folders whose code decides and has no effects; it runs in Node, in k6 and on a simulated clock alike. */
export const pureFolders = [
  'core',
  'simulator/players',
  'simulator/crowd',
  'simulator/measure',
  'platforms/cluster-model',
  'chaos/faults',
  'scenarios',
] as const;

const byLength = (Object.keys(rooms) as Room[]).sort((one, other) => other.length - one.length);

/** The room of a path, or null for files at the root and in folders without code of ours. */
export function roomOf(path: string): Room | null {
  return byLength.find((room) => isInside(path, room)) ?? null;
}

export function isPure(path: string): boolean {
  return pureFolders.some((folder) => isInside(path, folder)) && !isTestCode(path);
}

export function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** Tests, the contract suites that they share, and what both are fed with. */
export function isTestCode(path: string): boolean {
  return /\.test\.ts$/.test(path) || /(^|\/)contract\.ts$/.test(path) || /(^|\/)fixtures\//.test(path);
}

export function isCode(path: string): boolean {
  return /\.(ts|mts|js|mjs)$/.test(path);
}
