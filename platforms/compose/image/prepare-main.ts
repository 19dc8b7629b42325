import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * What is done once before the pods start. Draws the password of Redis into a volume that only those see who need it: nobody chooses it,
 * and there is no default. Beside it lie the same words as each server wants them, so that it is in no argument and
 * no variable of a container. Then the programs of a pod are loaded once, so that NODE_COMPILE_CACHE holds them: a pod that is killed never
 * writes it down itself.
 */

const folder = '/secrets';
const path = `${folder}/redis-password`;

if (!existsSync(path)) write(path, randomBytes(24).toString('base64url'));
const password = readFileSync(path, 'utf8').trim();
write(`${folder}/redis.conf`, `requirepass ${password}`);
write(`${folder}/dragonfly.flags`, `--requirepass=${password}`);
load('../../../service/main.ts', '--print-schema');
load('../../../service/sidecar/sidecar-main.ts', '--print-schema');
load('./pod-main.ts', '--load-only');

function load(program: string, argument: string): void {
  execFileSync(process.execPath, [new URL(program, import.meta.url).pathname, argument], { stdio: 'ignore' });
}

/** Whole or not at all. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.draft`, `${text}\n`, { mode: 0o400 });
  renameSync(`${file}.draft`, file);
}
