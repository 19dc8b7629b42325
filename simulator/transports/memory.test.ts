import { describe, expect, test } from 'vitest';
import { createSimulatedClock } from '../../core/simulated-clock.ts';
import { type Bench, type Manner, transportContract, wholeBody } from './contract.ts';
import { createMemoryTransport, type ScriptedReply } from './memory.ts';
import { ask, type Heard } from './plain-exchange.ts';

transportContract('memory', createBench);

describe('memory transport', () => {
  test('a crash breaks what is under way, refuses until revived, and the pod counted what it had received', async () => {
    const clock = createSimulatedClock();
    const transport = createMemoryTransport(clock, () => scripted('whole'));
    transport.route([{ pod: 'a', origin: '', basePath: '' }]);
    const replies: Heard[] = [];
    const send = async () => {
      const heard = ask(transport, 0, { method: 'GET', path: '/', body: null, requestId: '1-0-0' }, 100);
      await clock.runFor(10);
      replies.push(await heard);
    };
    const first = send();
    transport.crash('a');
    await first;
    await send();
    transport.revive('a');
    await send();
    expect(replies.map(({ kind }) => kind)).toEqual(['unknown', 'unreachable', 'answered']);
    expect(transport.counted('a')).toBe(2);
  });
});

async function createBench(): Promise<Bench> {
  const clock = createSimulatedClock(() => new Promise((resolve) => setImmediate(resolve)));
  const transport = createMemoryTransport(clock, (_request, pod) => scripted(pod as Manner));
  const endpointOf = (pod: string) => ({ pod, origin: `http://${pod}.test`, basePath: '' });
  return {
    transport,
    async pod(manner) {
      return { endpoint: endpointOf(manner), requests: () => transport.counted(manner), connections: () => transport.accepted(manner) };
    },
    async nobody() {
      transport.crash('nobody');
      return endpointOf('nobody');
    },
    async hangUp({ endpoint }) {
      transport.crash(endpoint.pod);
      transport.revive(endpoint.pod);
    },
    async settle(promise) {
      let settled = false;
      const mark = () => {
        settled = true;
      };
      promise.then(mark, mark);
      for (let turn = 0; turn < 1000 && !settled; turn++) await clock.runFor(1);
      return promise;
    },
    async close() {},
  };
}

function scripted(manner: Manner): ScriptedReply {
  switch (manner) {
    case 'whole':
    case 'split':
      return { kind: 'answered', afterMs: 5, status: 200, body: wholeBody };
    case 'refusing-503':
      return { kind: 'answered', afterMs: 5, status: 503, body: '' };
    case 'silent':
      return { kind: 'silent' };
    case 'reset-mid-answer':
      return { kind: 'unknown', afterMs: 5, why: 'reset' };
    case 'closed-at-once':
      return { kind: 'unknown', afterMs: 5, why: 'closed' };
    case 'garbage':
      return { kind: 'unknown', afterMs: 5, why: 'malformed' };
    case 'huge':
      return { kind: 'unknown', afterMs: 5, why: 'oversized' };
    default:
      return { kind: 'unknown', afterMs: 5, why: 'cut-off' };
  }
}
