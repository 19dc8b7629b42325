import { below, draw, pick, pickWeighted, type Random } from '../../core/random.ts';
import { guilds, mods, names } from './words.ts';

/** What a game client tells about itself and its player with every search, besides the search. */
export type Profile = {
  build: string;
  region: string;
  inventoryDigest: string;
  playerName: string;
  level: number;
  guild?: string;
  device: { os: string; memoryGb: number; gpu: string };
  client: { locale: string; fps: number };
  mods?: readonly string[];
};

/** Names in six scripts: what is counted in characters somewhere and in bytes elsewhere breaks here, not at the launch. Assumed. */
const tongues = weighted([
  { weight: 50, locale: 'en-US', names: names.en },
  { weight: 15, locale: 'de-DE', names: names.de },
  { weight: 10, locale: 'pl-PL', names: names.pl },
  { weight: 10, locale: 'ja-JP', names: names.ja },
  { weight: 10, locale: 'ko-KR', names: names.ko },
  { weight: 5, locale: 'ar-SA', names: names.ar },
]);

const regions = ['eu-central', 'eu-north', 'us-east', 'us-west', 'ap-northeast', 'ap-south', 'sa-east'];
const systems = ['windows-11', 'windows-10', 'macos-15', 'linux-6', 'ios-19', 'android-16'];
const chips = ['RTX 4060', 'RTX 3070', 'RX 7600', 'Arc A750', 'M3', 'Adreno 750', 'integrated'];

/** Hex digits of an inventory's digest: most bags are small, a few are hoards (the service takes 512). All sizes are assumed. */
const digests = weighted([
  { weight: 45, chars: 48 },
  { weight: 35, chars: 64 },
  { weight: 15, chars: 128 },
  { weight: 5, chars: 480 },
]);

/** Installed mods: the tail of the size distribution. */
const modLists = weighted([
  { weight: 85, count: 0 },
  { weight: 11, count: 5 },
  { weight: 3, count: 20 },
  { weight: 1, count: 70 },
]);

export function profileOf(stream: Random): Profile {
  const tongue = pickByWeight(stream, tongues);
  const { count } = pickByWeight(stream, modLists);
  return {
    build: `1.0.${below(stream, 10)}+${hex(stream, 8)}`,
    region: pick(stream, regions),
    inventoryDigest: hex(stream, pickByWeight(stream, digests).chars),
    playerName: pick(stream, tongue.names),
    level: 1 + below(stream, 80),
    ...(below(stream, 10) < 6 ? { guild: pick(stream, guilds) } : {}),
    device: { os: pick(stream, systems), memoryGb: pick(stream, [4, 8, 16, 32]), gpu: pick(stream, chips) },
    client: { locale: tongue.locale, fps: pick(stream, [30, 60, 120, 144]) },
    ...(count === 0 ? {} : { mods: Array.from({ length: count }, () => pick(stream, mods)) }),
  };
}

/** Digits eight at a time: one draw each. */
function hex(stream: Random, chars: number): string {
  let digits = '';
  while (digits.length < chars) digits += draw(stream).toString(16).padStart(8, '0');
  return digits.slice(0, chars);
}

type Weighted<T> = { choices: readonly T[]; weights: readonly number[] };

/** Taken apart once: a pool picks three times for each of its bodies, and is built while somebody waits for the first request. */
function weighted<T extends { weight: number }>(choices: readonly T[]): Weighted<T> {
  return { choices, weights: choices.map(({ weight }) => weight) };
}

function pickByWeight<T>(stream: Random, { choices, weights }: Weighted<T>): T {
  return choices[pickWeighted(stream, weights)] as T;
}
