import { between, type Random, random } from '../../core/random.ts';
import { nodeName, nodesToAdd } from './autoscaler.ts';
import {
  type Cluster,
  createPod,
  emptyCluster,
  type Happened,
  isAvailable,
  isTerminating,
  type ModelPod,
  roomsOf,
} from './cluster-state.ts';
import { allocatableMiB, type Change, type Inputs, type PodSize, podSizes } from './inputs.ts';
import { kubeletSecond, startPod } from './kubelet.ts';
import { type RollStrategy, rollStep } from './roll-out.ts';
import { nodeFor } from './scheduler.ts';

/** A second of the course, as somebody who watches the cluster would write it down. */
export type Second = Happened & { readonly atS: number; readonly ready: number; readonly pending: number; readonly nodes: number };

export type Course = {
  readonly inputs: Inputs;
  readonly change: Change;
  readonly seed: number;
  /** When the roll began, and when every pod was a new and available one; null: not within the course. */
  readonly rollAtS: number;
  readonly rolledAtS: number | null;
  readonly seconds: readonly Second[];
};

/** A roll that has not ended by then never will. */
const rollSecondsMax = 1800;

/** The story of one change in story time: watched for a while, rolled out, watched again. The same seed is the same course. */
export function courseOf(seed: number, inputs: Inputs, change: Change, strategy: RollStrategy): Course {
  const stream = random(seed, 0xc1a57e5);
  const cluster = steadyCluster(inputs, podSizes(inputs, change).before, stream);
  const rollAtS = inputs.steadySeconds;
  const seconds: Second[] = [];
  let rolledAtS: number | null = null;
  while (cluster.nowS < (rolledAtS === null ? rollAtS + rollSecondsMax : rolledAtS + inputs.steadySeconds)) {
    const isRolling = cluster.nowS >= rollAtS;
    seconds.push(second(cluster, { inputs, stream, roll: isRolling ? strategy : null, sizes: podSizes(inputs, change) }));
    if (isRolling && rolledAtS === null && isRolled(cluster, inputs)) rolledAtS = cluster.nowS;
    cluster.nowS += 1;
  }
  return { inputs, change, seed, rollAtS, rolledAtS, seconds };
}

type Circumstances = { inputs: Inputs; stream: Random; roll: RollStrategy | null; sizes: { before: PodSize; after: PodSize } };

function second(cluster: Cluster, { inputs, stream, roll, sizes }: Circumstances): Second {
  const nodesAdded = joinNodes(cluster);
  const killed = kubeletSecond(cluster, inputs, stream);
  controlPods(cluster, inputs, roll, sizes);
  schedule(cluster, inputs, stream);
  if (cluster.nowS % inputs.autoscalerScansSeconds === 0) scaleUp(cluster, inputs, stream);
  const active = cluster.pods.filter((pod) => !isTerminating(pod));
  return {
    atS: cluster.nowS,
    ready: active.filter((pod) => isAvailable(pod, cluster.nowS)).length,
    pending: active.filter((pod) => pod.node === null).length,
    nodes: cluster.nodes.length,
    nodesAdded,
    ...killed,
  };
}

/** The Deployment: replaces what was evicted, and rolls while there is a change to roll out. */
function controlPods(cluster: Cluster, inputs: Inputs, roll: RollStrategy | null, sizes: Circumstances['sizes']): void {
  const active = cluster.pods.filter((pod) => !isTerminating(pod));
  const old = active.filter((pod) => pod.revision === 0);
  const created = active.filter((pod) => pod.revision === 1);
  if (roll === null) {
    for (let missing = inputs.pods - old.length; missing > 0; missing--) createPod(cluster, sizes.before, 0);
    return;
  }
  const available = (pods: readonly ModelPod[]): number => pods.filter((pod) => isAvailable(pod, cluster.nowS)).length;
  const step = rollStep(
    { desired: inputs.pods, oldPods: old.length, oldAvailable: available(old), newPods: created.length, newAvailable: available(created) },
    roll,
  );
  const leastReady = [...old].sort((one, other) => Number(isAvailable(one, cluster.nowS)) - Number(isAvailable(other, cluster.nowS)));
  for (const pod of leastReady.slice(0, step.stopOld)) stop(pod, cluster, inputs);
  for (let count = 0; count < step.create; count++) createPod(cluster, sizes.after, 1);
}

/** A pod that was never placed has nothing to say goodbye to. */
function stop(pod: ModelPod, cluster: Cluster, inputs: Inputs): void {
  pod.goneAtS = cluster.nowS + (pod.node === null ? 0 : inputs.graceSeconds);
}

function schedule(cluster: Cluster, inputs: Inputs, stream: Random): void {
  const rooms = roomsOf(cluster, inputs);
  for (const pod of cluster.pods) {
    if (pod.node !== null || isTerminating(pod)) continue;
    const name = nodeFor(pod.size.requestMiB, rooms);
    if (name === null) continue;
    const index = rooms.findIndex((room) => room.name === name);
    const room = rooms[index] as (typeof rooms)[number];
    rooms[index] = { ...room, requestedMiB: room.requestedMiB + pod.size.requestMiB };
    pod.node = name;
    startPod(pod, Math.max(cluster.nowS, imageThere(cluster, name, inputs)), inputs, stream);
  }
}

/** The first pod on a node waits for the image, and whoever comes meanwhile waits with it. */
function imageThere(cluster: Cluster, name: string, inputs: Inputs): number {
  const node = cluster.nodes.find((each) => each.name === name);
  if (node === undefined) return cluster.nowS;
  if (node.imageAtS < 0) node.imageAtS = cluster.nowS + inputs.imagePullSeconds;
  return node.imageAtS;
}

function scaleUp(cluster: Cluster, inputs: Inputs, stream: Random): void {
  const pending = cluster.pods.filter((pod) => pod.node === null && !isTerminating(pod)).map((pod) => pod.size.requestMiB);
  const group = { allocatableMiB: allocatableMiB(inputs), nodesMax: inputs.nodesMax };
  const count = nodesToAdd(pending, { ...group, nodes: cluster.nodes.length, comingNodes: cluster.comingAtS.length });
  for (let added = 0; added < count; added++)
    cluster.comingAtS.push(cluster.nowS + between(stream, inputs.nodeBootSecondsMin, inputs.nodeBootSecondsMax));
}

function joinNodes(cluster: Cluster): number {
  const there = cluster.comingAtS.filter((atS) => atS <= cluster.nowS);
  cluster.comingAtS = cluster.comingAtS.filter((atS) => atS > cluster.nowS);
  for (const readyAtS of there) cluster.nodes.push({ name: nodeName(cluster.nodes.length), readyAtS, imageAtS: -1 });
  return there.length;
}

function isRolled(cluster: Cluster, inputs: Inputs): boolean {
  const created = cluster.pods.filter((pod) => pod.revision === 1 && isAvailable(pod, cluster.nowS));
  return created.length >= inputs.pods && cluster.pods.every((pod) => pod.revision === 1);
}

/** Everything placed, and every container where its players have brought it. */
function steadyCluster(inputs: Inputs, size: PodSize, stream: Random): Cluster {
  const cluster = emptyCluster(inputs);
  for (let count = 0; count < inputs.pods; count++) createPod(cluster, size, 0);
  schedule(cluster, inputs, stream);
  for (const pod of cluster.pods) {
    if (pod.readyAtS !== null) pod.readyAtS = 0;
    for (const container of pod.containers) container.usedMiB = Math.min(container.targetMiB, size.limitMiB / inputs.containersPerPod);
  }
  return cluster;
}
