import { between, type Random } from '../../core/random.ts';
import { nodeName } from './autoscaler.ts';
import { allocatableMiB, type Inputs, type PodSize } from './inputs.ts';
import type { PodUse } from './node-pressure.ts';
import type { NodeRoom } from './scheduler.ts';

/** A cluster at a second of story time. */
export type Cluster = {
  nowS: number;
  pods: ModelPod[];
  nodes: ModelNode[];
  /** Seconds at which nodes that were asked for will be Ready. */
  comingAtS: number[];
  podsCreated: number;
};

export type ModelNode = { readonly name: string; readonly readyAtS: number; imageAtS: number };

export type ModelPod = {
  readonly name: string;
  readonly size: PodSize;
  /** Which roll it belongs to: 0 as inherited, 1 as changed. */
  readonly revision: number;
  node: string | null;
  /** First second at which it can serve; null while it is not placed. */
  readyAtS: number | null;
  /** Stopped, and gone at that second. */
  goneAtS: number | null;
  containers: ModelContainer[];
};

/** Use goes towards a target, which is drawn anew whenever players move on. */
export type ModelContainer = { usedMiB: number; targetMiB: number; changesAtS: number };

/** Everything that happened in one second. */
export type Happened = { outOfMemory: number; evicted: number; kernelKilled: number; nodesAdded: number };

export function usedMiB(pod: ModelPod): number {
  return pod.containers.reduce((sum, container) => sum + container.usedMiB, 0);
}

export function isTerminating(pod: ModelPod): boolean {
  return pod.goneAtS !== null;
}

export function isAvailable(pod: ModelPod, nowS: number): boolean {
  return !isTerminating(pod) && pod.readyAtS !== null && pod.readyAtS <= nowS;
}

/** What the scheduler sees. */
export function roomsOf(cluster: Cluster, inputs: Inputs): NodeRoom[] {
  const requested = new Map<string, number>();
  for (const pod of cluster.pods) if (pod.node !== null) requested.set(pod.node, (requested.get(pod.node) || 0) + pod.size.requestMiB);
  return cluster.nodes.map(({ name }) => ({
    name,
    allocatableMiB: allocatableMiB(inputs),
    requestedMiB: requested.get(name) || 0,
  }));
}

/** What the kubelet of a node sees. */
export function usesOn(node: ModelNode, cluster: Cluster): PodUse[] {
  return cluster.pods
    .filter((pod) => pod.node === node.name)
    .map((pod) => ({ name: pod.name, usedMiB: usedMiB(pod), requestMiB: pod.size.requestMiB, priority: 0 }));
}

export function emptyCluster(inputs: Inputs): Cluster {
  const nodes: ModelNode[] = [];
  for (let index = 0; index < inputs.nodes; index++) nodes.push({ name: nodeName(index), readyAtS: 0, imageAtS: 0 });
  return { nowS: 0, pods: [], nodes, comingAtS: [], podsCreated: 0 };
}

export function createPod(cluster: Cluster, size: PodSize, revision: number): ModelPod {
  cluster.podsCreated += 1;
  const name = `pod-${String(cluster.podsCreated).padStart(4, '0')}`;
  const pod: ModelPod = { name, size, revision, node: null, readyAtS: null, goneAtS: null, containers: [] };
  cluster.pods.push(pod);
  return pod;
}

/** A container's use, drawn for where players are now. */
export function targetMiB(inputs: Inputs, limitMiB: number, stream: Random): number {
  const perMille = inputs.useMeanPerMille + Math.floor((inputs.useDeviationPerMille * bellPerMille(stream)) / 1000);
  return Math.floor((limitMiB * Math.max(0, perMille)) / 1000);
}

/** Nearly normal, mean 0, deviation 1000: the sum of twelve even draws (Irwin and Hall). */
function bellPerMille(stream: Random): number {
  let sum = -6000;
  for (let draw = 0; draw < 12; draw++) sum += between(stream, 0, 1000);
  return sum;
}
