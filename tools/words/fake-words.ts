import { faker as arabic } from '@faker-js/faker/locale/ar';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as english } from '@faker-js/faker/locale/en';
import { faker as japanese } from '@faker-js/faker/locale/ja';
import { faker as korean } from '@faker-js/faker/locale/ko';
import { faker as polish } from '@faker-js/faker/locale/pl';

/** Of each so many that a pool of two thousand bodies seldom repeats a whole player, and few enough to be read at start in a blink. */
const nameCounts = { en: 240, de: 90, pl: 70, ja: 70, ko: 70, ar: 50 };
const guildCount = 160;
const modCount = 240;

const wordsSeed = 17;
const columnsMax = 200;

const speakers = { en: english, de: german, pl: polish, ja: japanese, ko: korean, ar: arabic };

/** The file of words that players are made of, as it has to be. Faker itself takes too long to load for every start of the tool. */
export function wordsFile(): string {
  for (const speaker of Object.values(speakers)) speaker.seed(wordsSeed);
  const names = Object.entries(nameCounts).map(([tongue, count]) => {
    const speaker = speakers[tongue as keyof typeof speakers];
    return `  ${tongue}: listOf(\`\n${wrapped(several(count, () => speaker.person.fullName()))}\n\`),`;
  });
  return [
    '/** Made with faker by `node tools/words.ts`; what is written here by hand is overwritten. */',
    '',
    'function listOf(text: string): readonly string[] {',
    '  return text.trim().split(/\\s*\\|\\s*/);',
    '}',
    '',
    'export const names = {',
    ...names,
    '};',
    '',
    `export const guilds = listOf(\`\n${wrapped(several(guildCount, () => english.company.name()))}\n\`);`,
    '',
    `export const mods = listOf(\`\n${wrapped(several(modCount, () => english.lorem.slug(2)))}\n\`);`,
    '',
  ].join('\n');
}

/** So many different ones, without the signs that the file itself needs. */
function several(count: number, next: () => string): readonly string[] {
  const words = new Set<string>();
  while (words.size < count) {
    const word = next();
    if (!/[|`$\\\n]/.test(word)) words.add(word);
  }
  return [...words];
}

function wrapped(words: readonly string[]): string {
  const lines: string[] = [''];
  for (const [index, word] of words.entries()) {
    const piece = index === words.length - 1 ? word : `${word} | `;
    if ((lines.at(-1) as string).length + piece.length > columnsMax) lines.push(piece);
    else lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}
