import { renameSync, writeFileSync } from 'node:fs';

/** Says on which port the service listens. Written whole: whoever waits for the file never reads half of it. */
export function writePortFile(path: string, port: number): void {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify({ port })}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
