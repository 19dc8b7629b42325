import { faker as arabic } from '@faker-js/faker/locale/ar';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as english } from '@faker-js/faker/locale/en';
import { faker as japanese } from '@faker-js/faker/locale/ja';
import { faker as korean } from '@faker-js/faker/locale/ko';
import { faker as polish } from '@faker-js/faker/locale/pl';

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

/** Names in six scripts: what is counted in characters somewhere and in bytes elsewhere breaks here, not at the launch. */
const tongues = [
  { weight: 50, value: { locale: 'en-US', speak: english } },
  { weight: 15, value: { locale: 'de-DE', speak: german } },
  { weight: 10, value: { locale: 'pl-PL', speak: polish } },
  { weight: 10, value: { locale: 'ja-JP', speak: japanese } },
  { weight: 10, value: { locale: 'ko-KR', speak: korean } },
  { weight: 5, value: { locale: 'ar-SA', speak: arabic } },
];

const regions = ['eu-central', 'eu-north', 'us-east', 'us-west', 'ap-northeast', 'ap-south', 'sa-east'];
const systems = ['windows-11', 'windows-10', 'macos-15', 'linux-6', 'ios-19', 'android-16'];
const chips = ['RTX 4060', 'RTX 3070', 'RX 7600', 'Arc A750', 'M3', 'Adreno 750', 'integrated'];

/** Hex digits of an inventory's digest: most bags are small, a few are hoards (the service takes 512). All sizes are assumed. */
const digestChars = [
  { weight: 45, value: 48 },
  { weight: 35, value: 64 },
  { weight: 15, value: 128 },
  { weight: 5, value: 480 },
];

/** Installed mods: the tail of the size distribution. */
const modCounts = [
  { weight: 85, value: 0 },
  { weight: 11, value: 5 },
  { weight: 3, value: 20 },
  { weight: 1, value: 70 },
];

/** Starts the series of profiles of that seed again. The generators are shared: build one pool at a time, without waiting in between. */
export function seedProfiles(seed: number): void {
  for (const { value } of tongues) value.speak.seed(seed);
}

export function nextProfile(): Profile {
  const { locale, speak } = english.helpers.weightedArrayElement(tongues);
  const mods = english.helpers.weightedArrayElement(modCounts);
  return {
    build: `1.0.${english.number.int({ min: 0, max: 9 })}+${english.string.hexadecimal({ length: 8, prefix: '', casing: 'lower' })}`,
    region: english.helpers.arrayElement(regions),
    inventoryDigest: english.string.hexadecimal({ length: english.helpers.weightedArrayElement(digestChars), prefix: '', casing: 'lower' }),
    playerName: speak.person.fullName(),
    level: english.number.int({ min: 1, max: 80 }),
    ...(english.datatype.boolean(0.6) ? { guild: english.company.name() } : {}),
    device: {
      os: english.helpers.arrayElement(systems),
      memoryGb: english.helpers.arrayElement([4, 8, 16, 32]),
      gpu: english.helpers.arrayElement(chips),
    },
    client: { locale, fps: english.helpers.arrayElement([30, 60, 120, 144]) },
    ...(mods === 0 ? {} : { mods: english.helpers.multiple(() => english.lorem.slug(2), { count: mods }) }),
  };
}
