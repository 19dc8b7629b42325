/** The next search body for Artillery, and the end of play: a flow of Artillery counts repetitions, not seconds. */
import { readFileSync } from 'node:fs';

const bodies = readFileSync(process.env['BENCH_BODIES'] ?? '', 'utf8')
  .trimEnd()
  .split('\n');
const endAtMs = performance.now() + Number(process.env['BENCH_SECONDS']) * 1000;
let next = 0;

export function nextBody(request, _context, _events, done) {
  request.body = bodies[next++ % bodies.length];
  return done();
}

export function notOver(_context, goOn) {
  return goOn(performance.now() < endAtMs);
}
