import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sourceSection, withSection } from './custom-section.ts';
import type { RustModule } from './modules.ts';
import { sourceHash, sourcePaths } from './source-hash.ts';

/** Another compiler makes other bytes. This one is Debian 12's, the newest that comes with a standard library for WebAssembly there. */
const compiler = 'rustc 1.63.0';
const packages = 'rustc cargo libstd-rust-dev-wasm32 lld';
const target = 'wasm32-unknown-unknown';
const buildMsMax = 120_000;

/** Where Debian puts the compiler; a rustup that comes first on the PATH would hide it. */
const environment = { PATH: '/usr/bin:/bin' };

/** Builds the module from a copy of its source, in a folder of its own: the same bytes wherever the repository lies. */
export function buildModule(root: string, rust: RustModule): Buffer {
  const found = run('rustc', ['--version'], root);
  if (!found.startsWith(compiler)) throw new Error(`needs ${compiler} (Debian 12: ${packages}), found ${found.trim()}`);
  const folder = mkdtempSync(join(tmpdir(), 'launchstorm-wasm-'));
  try {
    for (const path of sourcePaths(root, rust)) {
      const copy = join(folder, path.slice(rust.folder.length + 1));
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(root, path), copy);
    }
    run('cargo', ['build', '--release', '--offline', '--locked', '--target', target], folder);
    const built = readFileSync(join(folder, 'target', target, `release/${rust.crate}.wasm`));
    return withSection(built, sourceSection, sourceHash(root, rust));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(program: string, args: readonly string[], folder: string): string {
  const env = { ...environment, CARGO_HOME: join(folder, '.cargo-home') };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', timeout: buildMsMax });
  if (error !== undefined) throw new Error(`${program} cannot be run (Debian 12: ${packages}): ${error.message}`);
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stderr}`);
  return stdout;
}
