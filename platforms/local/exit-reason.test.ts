import { describe, expect, test } from 'vitest';
import { type Ending, exitReason, lastWords } from './exit-reason.ts';

const ordinary: Ending = { code: 0, signal: null, killedFor: null, listened: true, output: '' };

describe('exit reasons', () => {
  test('a kill is 137, and says whose it was', () => {
    const killed: Ending = { ...ordinary, code: null, signal: 'SIGKILL' };
    expect(exitReason(killed)).toEqual({ kind: 'killed', code: 137, by: 'signal' });
    expect(exitReason({ ...killed, killedFor: 'memory-limit' })).toEqual({ kind: 'killed', code: 137, by: 'memory-limit' });
    expect(exitReason({ ...killed, killedFor: 'liveness' })).toEqual({ kind: 'killed', code: 137, by: 'liveness' });
  });

  test('an abort is out of heap only where the runtime said so', () => {
    const aborted: Ending = { ...ordinary, code: null, signal: 'SIGABRT' };
    const output = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n';
    expect(exitReason({ ...aborted, output })).toEqual({ kind: 'out-of-heap', code: 134 });
    expect(exitReason({ ...ordinary, code: 134, output })).toEqual({ kind: 'out-of-heap', code: 134 });
    expect(exitReason(aborted)).toEqual({ kind: 'exited', code: 134 });
  });

  test('64, and any exit before it listened, is a refusal with its message', () => {
    const output = '{"level":30,"msg":"hello"}\nTREASURE_PORT "x" is not valid\n  -> Port to listen on\n';
    const message = 'TREASURE_PORT "x" is not valid; -> Port to listen on';
    expect(exitReason({ ...ordinary, code: 64, output })).toEqual({ kind: 'refused-to-start', code: 64, message });
    expect(exitReason({ ...ordinary, code: 1, listened: false, output })).toEqual({ kind: 'refused-to-start', code: 1, message });
    expect(exitReason({ ...ordinary, code: 1, output })).toEqual({ kind: 'exited', code: 1 });
  });

  test('a signal of somebody else is told by its shell code', () => {
    expect(exitReason({ ...ordinary, code: null, signal: 'SIGTERM' })).toEqual({ kind: 'exited', code: 143 });
    expect(exitReason({ ...ordinary, code: null, signal: 'SIGSEGV', listened: false })).toEqual({ kind: 'exited', code: 139 });
  });

  test('where a process only spoke JSON, its last message is what it said', () => {
    expect(lastWords('{"msg":"a"}\n{"msg":"cannot listen","err":{"message":"EADDRINUSE"}}\n')).toBe('cannot listen: EADDRINUSE');
    expect(lastWords('')).toBe('');
    expect(lastWords('{broken')).toBe('{broken');
    expect(lastWords('x'.repeat(5_000)).length).toBe(1_000);
  });
});
