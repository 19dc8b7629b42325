import { fileURLToPath } from 'node:url';

/** Straight from `.ts` in the repository; compiled in the package, because Node strips no types below node_modules. */
const isCompiled = import.meta.url.endsWith('.js');

/** Path of the file to run for a source file of this project: `programAt(new URL('watchdog-main.ts', import.meta.url))`. */
export function programAt(source: URL): string {
  const path = fileURLToPath(source);
  return isCompiled ? path.replace(/\.ts$/, '.js') : path;
}

/** What a person types to start a command of this very copy: `npm run rehearse --` in the repository, else `npx launchstorm rehearse`. */
export function commandLine(command: string): string {
  if (isCompiled) return `npx launchstorm ${command}`;
  return command === 'rehearse' || command === 'story' || command === 'k6' ? `npm run ${command} --` : `npm run launchstorm -- ${command}`;
}
