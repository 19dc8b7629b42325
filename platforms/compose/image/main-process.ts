import { get } from 'node:http';

const lookEveryMs = 25;

/** Resolves once the main process of this pod serves on that port, or when nobody wants to know any more. */
export async function untilReady(port: number, isOver: () => boolean = () => false): Promise<void> {
  while (!isOver() && !(await isReady(port))) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/readyz', timeout: 1_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
