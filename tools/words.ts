import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsFile } from './words/fake-words.ts';

/** Writes the words that request bodies are made of anew: `node tools/words.ts`. A stale file fails tier `test`. */

writeFileSync(join(import.meta.dirname, '../simulator/payloads/words.ts'), wordsFile());
