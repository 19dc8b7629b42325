import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { arePassing, withSharedReads } from './arrivals.ts';

test('where a connection keeps its handle elsewhere it is read as it is, from where it was paused, into memory of its own', async () => {
  const accepted = new PassThrough().pause();
  const heard: Buffer[] = [];
  const socket = withSharedReads(accepted as unknown as Socket, (bytes) => heard.push(bytes));
  expect(socket).toBe(accepted);
  accepted.end('GET / HTTP/1.1');
  await new Promise((resolve) => accepted.once('end', resolve));
  expect(Buffer.concat(heard).toString()).toBe('GET / HTTP/1.1');
  expect(heard.some(arePassing)).toBe(false);
});
