import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * What is done once before the pods start. Draws the password of Redis into a volume that only those see who need it: nobody chooses it,
 * and there is no default. Beside it lie the same words as each server wants them, so that it is in no argument and
 * no variable of a container. Then both programs of a pod are loaded once, so that NODE_COMPILE_CACHE holds them: a pod that is killed never writes it down itself.
 */

const folder = '/secrets';
const path = `${folder}/redis-password`;

if (!existsSync(path)) write(path, randomBytes(24).toString('base64url'));
const password = readFileSync(path, 'utf8').trim();
write(`${folder}/redis.conf`, `requirepass ${password}`);
write(`${folder}/dragonfly.flags`, `--requirepass=${password}`);
for (const program of ['main.ts', 'sidecar/sidecar-main.ts']) {
  execFileSync(process.execPath, [new URL(`../../../service/${program}`, import.meta.url).pathname, '--print-schema'], { stdio: 'ignore' });
}

/** Whole or not at all. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.draft`, `${text}\n`, { mode: 0o400 });
  renameSync(`${file}.draft`, file);
}
