import type { Bench, BenchPod } from './contract.ts';
import { freeOrigin, type RudePod, startRudePod } from './rude-pod.ts';
import type { Transport } from './transport.ts';

/** What the contract suite needs for a transport over real sockets. */
export async function createSocketBench(transport: Transport): Promise<Bench> {
  const started = new Map<string, RudePod>();
  return {
    transport,
    async pod(manner): Promise<BenchPod> {
      const pod = await startRudePod(manner);
      started.set(manner, pod);
      return { endpoint: { pod: manner, origin: pod.origin, basePath: '' }, requests: pod.requests, connections: pod.connections };
    },
    async nobody() {
      return { pod: 'nobody', origin: await freeOrigin(), basePath: '' };
    },
    async hangUp({ endpoint }) {
      await started.get(endpoint.pod)?.hangUp();
    },
    settle: (promise) => promise,
    async close() {
      await transport.close();
      await Promise.all([...started.values()].map((pod) => pod.close()));
    },
  };
}
