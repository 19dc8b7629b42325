/**
 * What a node does when its memory runs out. The kubelet goes by what pods really use: whoever uses more than it requested goes first,
 * then lower priority, then who is further above its request.
 * Source: kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction, "Pod selection for kubelet eviction".
 */
export type PodUse = {
  readonly name: string;
  readonly usedMiB: number;
  readonly requestMiB: number;
  /** PriorityClass; the least goes first. */
  readonly priority: number;
};

export type NodeMemory = {
  readonly capacityMiB: number;
  /** What is used by everything that is no pod: kubelet, runtime, kernel. */
  readonly systemUsedMiB: number;
  /** Hard eviction threshold: the kubelet acts when less than this is available. */
  readonly evictBelowMiB: number;
};

export function availableMiB({ capacityMiB, systemUsedMiB }: NodeMemory, pods: readonly PodUse[]): number {
  return pods.reduce((left, pod) => left - pod.usedMiB, capacityMiB - systemUsedMiB);
}

export function isUnderPressure(node: NodeMemory, pods: readonly PodUse[]): boolean {
  return availableMiB(node, pods) < node.evictBelowMiB;
}

/** Who is evicted now: one pod per look at the node, none while there is memory. A hard threshold gives no time to say goodbye. */
export function podToEvict(node: NodeMemory, pods: readonly PodUse[]): PodUse | null {
  if (!isUnderPressure(node, pods)) return null;
  return evictionOrder(pods)[0] || null;
}

export function evictionOrder(pods: readonly PodUse[]): readonly PodUse[] {
  return [...pods].sort(byEviction);
}

function byEviction(one: PodUse, other: PodUse): number {
  const exceeds = Number(overRequestMiB(other) > 0) - Number(overRequestMiB(one) > 0);
  if (exceeds !== 0) return exceeds;
  if (one.priority !== other.priority) return one.priority - other.priority;
  const amount = overRequestMiB(other) - overRequestMiB(one);
  if (amount !== 0) return amount;
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

function overRequestMiB({ usedMiB, requestMiB }: PodUse): number {
  return usedMiB - requestMiB;
}

/**
 * Between two looks of the kubelet the kernel may run out of memory altogether, and kills by its own score: what is used, plus the
 * adjustment that the kubelet has set for a burstable pod, so that who requested little dies first.
 * Source: kubernetes/kubernetes, pkg/kubelet/qos/policy.go, GetContainerOOMScoreAdjust.
 */
export function kernelVictim(node: NodeMemory, pods: readonly PodUse[]): PodUse | null {
  if (availableMiB(node, pods) >= 0) return null;
  const score = (pod: PodUse): number => oomScore(node.capacityMiB, pod);
  return [...pods].sort((one, other) => score(other) - score(one) || (one.name < other.name ? -1 : 1))[0] || null;
}

const scoreScale = 1000;

function oomScore(capacityMiB: number, { usedMiB, requestMiB }: PodUse): number {
  const adjustment = Math.min(scoreScale - 1, Math.max(2, scoreScale - Math.floor((scoreScale * requestMiB) / capacityMiB)));
  return Math.floor((scoreScale * usedMiB) / capacityMiB) + adjustment;
}
