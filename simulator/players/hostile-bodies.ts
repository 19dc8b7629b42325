import type { BodyTemplate } from './request.ts';
import { utf8Length } from './utf8.ts';

/** Lengths that the API allows, counted in characters: one beyond the first plane counts once, and has four bytes. */
const idCharsMax = 64;
const digestCharsMax = 512;

/** Towers over every width: Latin, a letter under sixteen accents, three bytes, four bytes, joined families, right to left. */
const tongues = ['x', `Z${'\u0351'.repeat(15)}`, '探', '\u{1f3f0}', '\u{1f468}\u200d\u{1f469}\u200d\u{1f466}', '\u05d0\u202e\u0627\u202c'];

const injections = [
  `'; DROP TABLE treasures; --`,
  '<script>alert(1)</script>',
  `\${jndi:ldap://127.0.0.1/a}`,
  '../../../../etc/passwd',
  '%00%0d%0aSet-Cookie: a=b',
  '{{7*7}}',
  'NaN',
  'null',
];

/** The fields that must be there, in short. */
const plain = '"build":"1","region":"eu","inventoryDigest":""';

/**
 * Legal to the last letter, and more than a careless service can bear. The reference service takes 16 KiB: they come near. To count their
 * bytes takes longer than to load any other persona: whoever has none of these players does not wait for it.
 */
export function hostileTemplates(): readonly BodyTemplate[] {
  known = known ?? made();
  return known;
}

let known: readonly BodyTemplate[] | null = null;

const made = (): readonly BodyTemplate[] => [
  ...tongues.map((tongue) => bodyOf(filled(tongue, idCharsMax), filled(tongue, digestCharsMax))),
  ...injections.map((text) => bodyOf(text, text)),
  bodyOf('1', ''),
  raw(String.raw`"build":"\u0000\u001f\u007f","region":"\ud83c\udff0\u2028\/\"\\","inventoryDigest":"\b\f\n\r\t"`),
  raw('"build" :\t"spaced"\r\n,"region"\n:\n"out"  ,  "inventoryDigest":""'),
  raw(`${plain},"constructor":{"name":1},"toString":null,"length":-1,"":"nameless"`),
  raw(`${plain},"numbers":[1e308,-0,5e-324,1E+2,0.1e-7,9007199254740993]`),
  raw(`${plain},"twice":1,"twice":"two"`),
  raw(`${plain},"deep":${'['.repeat(60)}${']'.repeat(60)}`),
  raw(`${plain},"wide":{${Array.from({ length: 400 }, (_, key) => `"key-${key}":${key}`).join(',')}}`),
  raw(`${plain},"mods":${JSON.stringify(Array.from({ length: 320 }, (_, mod) => `mod-${mod}-of-a-very-long-name-that-goes-on`))}`),
];

/** As many characters of that kind as fit. */
function filled(tongue: string, charactersMax: number): string {
  const characters = Array.from(tongue);
  let text = '';
  for (let count = 0; count + characters.length <= charactersMax; count += characters.length) text += tongue;
  return text;
}

function bodyOf(id: string, digest: string): BodyTemplate {
  return raw(JSON.stringify({ build: id, region: id, inventoryDigest: digest, playerName: digest }).slice(1, -1));
}

function raw(members: string): BodyTemplate {
  return { members, bytes: utf8Length(members) };
}
