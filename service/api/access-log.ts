import { closeSync, openSync, writeSync } from 'node:fs';

export interface AccessLog {
  /** Never throws: a full disk costs the count, not the answers. */
  write(requestId: string, operation: string, status: number): void;
  close(): void;
}

export const noAccessLog: AccessLog = { write: () => {}, close: () => {} };

/**
 * Counts answers from the server's side: a line has left the process before the answer's first byte does,
 * so that a kill can lose an answer, but never the line of an answer that somebody got. `onFailure` is called once.
 */
export function openAccessLog(path: string, onFailure: (error: unknown) => void): AccessLog {
  const file = openSync(path, 'a', 0o600);
  let hasFailed = false;
  return {
    write: (requestId, operation, status) => {
      try {
        writeSync(file, `${Date.now()} ${requestId} ${operation} ${status}\n`);
      } catch (error) {
        if (!hasFailed) onFailure(error);
        hasFailed = true;
      }
    },
    close: () => closeSync(file),
  };
}
