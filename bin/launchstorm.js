#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Starts the tool on the Node that was installed with it, whatever Node the system has. Plain JavaScript: this file alone has to run on
 * that one (20 or later). Exit codes: the tool's own; 64 where there is no Node that could run it, and nothing was started.
 */

const nodeMajorMin = 24;
const noNodeExitCode = 64;

/** These make room as well: a process can give itself no longer title than its command line was, and the conductor's has 48 letters. */
const flags = [
  // A scenario of the user's may lie where no package.json calls it a module; Node would say so in every run.
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  // The first releases of Node 24 call it an experiment that they run TypeScript.
  '--disable-warning=ExperimentalWarning',
  // What is loaded to get started fits into 16 MB: collecting garbage from 1 MB on takes a tenth of that time, and finds nothing.
  '--min-semi-space-size=16',
];

/** Ctrl-C reaches the tool from the terminal and, once more, from here: the tool takes both for one. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const require = createRequire(import.meta.url);
const { optionalDependencies } = require('../package.json');

start([...installedNodes(), ...(major(process.versions.node) >= nodeMajorMin ? [process.execPath] : [])]);

function start([node, ...others]) {
  if (node === undefined) return giveUp();
  const child = spawn(node, [...flags, ...tool(), ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => {
    // Windows knows no signals but the console's own, which has reached the tool already: `kill` would end it at once.
    if (process.platform !== 'win32') child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  child.once('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal];
  });
  // A binary may be there and yet not run here: the packages know operating systems, not C libraries.
  child.once('error', () => {
    for (const signal of forwarded) process.off(signal, forward);
    start(others);
  });
}

/** In the repository the source as it stands, in the package what was compiled from it. */
function tool() {
  const source = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
  if (!existsSync(source)) return [fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))];
  // In a repository there is no link below node_modules; to ask that of every file takes as long as a quarter of the start.
  return ['--preserve-symlinks', '--import', new URL('compile-cache.js', import.meta.url).href, source];
}

/** The binaries of those optional dependencies that were made for this machine; elsewhere npm leaves them out. */
function installedNodes() {
  return Object.keys(optionalDependencies).flatMap((name) => {
    const manifestFile = resolvedOrNull(`${name}/package.json`);
    if (manifestFile === null) return [];
    const { os, cpu, version, bin } = require(manifestFile);
    const fits = [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch) && major(version) >= nodeMajorMin;
    return fits ? [join(dirname(manifestFile), bin.node)] : [];
  });
}

function resolvedOrNull(specifier) {
  try {
    return require.resolve(specifier);
  } catch {
    return null;
  }
}

function major(version) {
  return Number.parseInt(version, 10);
}

function giveUp() {
  process.stderr.write(
    `launchstorm: there is no Node ${nodeMajorMin} to run on. This is Node ${process.versions.node}, and no package with a newer one is installed for ${process.platform} ${process.arch}.\n` +
      `  -> install launchstorm again without leaving optional dependencies out, or start it with Node ${nodeMajorMin} or later\n`,
  );
  process.exitCode = noNodeExitCode;
}
