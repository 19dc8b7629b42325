import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Builds Docker Compose from its Go module, for tests on machines that have none: `node tools/docker-compose.ts`. The result is kept in
 * ~/.cache/launchstorm/docker-compose-<version>/; takes two minutes with a cold cache, and a tenth of a second once it is there.
 */

const version = '2.40.3';
const module = 'github.com/docker/compose/v2';
const folder = join(homedir(), '.cache', 'launchstorm', `docker-compose-${version}`);
const program = join(folder, 'docker-compose');

if (existsSync(program)) console.log(`docker-compose ${version} is in ${folder}`);
else await build();

async function build(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const source = JSON.parse(go('mod', 'download', '-json', `${module}@v${version}`)) as { Dir: string };
  // Its own module cannot be built from outside with the versions that it wants, unless these are ours too.
  const theirs = await readFile(join(source.Dir, 'go.mod'), 'utf8');
  const wanted = theirs.slice(theirs.indexOf('\n', theirs.indexOf('module ')) + 1);
  await writeFile(
    join(folder, 'go.mod'),
    `module launchstorm.invalid/compose\n${wanted}\nrequire ${module} v${version}\n\ntool ${module}/cmd\n`,
  );
  await copyFile(join(source.Dir, 'go.sum'), join(folder, 'go.sum'));
  const words = `-s -w -X ${module}/internal.Version=v${version}`;
  go('build', '-mod=mod', '-p', '2', '-trimpath', '-ldflags', words, '-o', `${program}.draft`, `${module}/cmd`);
  await rename(`${program}.draft`, program);
  console.log(`docker-compose ${version} built in ${folder}`);
}

function go(...args: readonly string[]): string {
  return execFileSync('go', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CGO_ENABLED: '0' },
  });
}
