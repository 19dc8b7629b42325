/**
 * How kube-scheduler places a pod, as far as memory goes: by what pods *request*. What they use, and what they are limited to, it never
 * sees. Sources: kubernetes/kubernetes, pkg/scheduler/framework/plugins/noderesources, fit.go and least_allocated.go (score 0..100).
 */
export type NodeRoom = {
  readonly name: string;
  /** What pods may request together: capacity less what is reserved for the system and for the eviction threshold. */
  readonly allocatableMiB: number;
  /** What the pods that are bound to it request, terminating ones included. */
  readonly requestedMiB: number;
};

const scoreMax = 100;

/** The node for a pod that requests so much, or null where it fits nowhere: then it is pending. Of equal nodes the first by name. */
export function nodeFor(requestMiB: number, nodes: readonly NodeRoom[]): string | null {
  let best: NodeRoom | null = null;
  for (const node of nodes) {
    if (!fits(requestMiB, node)) continue;
    if (best === null || isBetter(node, best, requestMiB)) best = node;
  }
  return best === null ? null : best.name;
}

export function fits(requestMiB: number, node: NodeRoom): boolean {
  return node.requestedMiB + requestMiB <= node.allocatableMiB;
}

/** kube-scheduler takes one of the best at random; the first by name makes the same seed the same course. */
function isBetter(node: NodeRoom, best: NodeRoom, requestMiB: number): boolean {
  const difference = leastAllocatedScore(requestMiB, node) - leastAllocatedScore(requestMiB, best);
  return difference > 0 || (difference === 0 && node.name < best.name);
}

/** 0 where the pod would fill the node, 100 where it would leave it empty. Whole numbers, as in the source. */
export function leastAllocatedScore(requestMiB: number, { allocatableMiB, requestedMiB }: NodeRoom): number {
  const freeMiB = allocatableMiB - requestedMiB - requestMiB;
  return freeMiB < 0 || allocatableMiB <= 0 ? 0 : Math.floor((freeMiB * scoreMax) / allocatableMiB);
}
