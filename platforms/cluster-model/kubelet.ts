import { between, type Random } from '../../core/random.ts';
import {
  type Cluster,
  type Happened,
  isTerminating,
  type ModelContainer,
  type ModelPod,
  targetMiB,
  usedMiB,
  usesOn,
} from './cluster-state.ts';
import type { Inputs } from './inputs.ts';
import { kernelVictim, type NodeMemory, podToEvict } from './node-pressure.ts';

/** One second on all nodes: what is stopped ends, memory is used, and what uses too much is killed. */
export function kubeletSecond(
  cluster: Cluster,
  inputs: Inputs,
  stream: Random,
): Pick<Happened, 'outOfMemory' | 'evicted' | 'kernelKilled'> {
  cluster.pods = cluster.pods.filter((pod) => pod.goneAtS === null || pod.goneAtS > cluster.nowS);
  let outOfMemory = 0;
  for (const pod of cluster.pods) if (isRunning(pod, cluster.nowS)) outOfMemory += useMemory(pod, cluster.nowS, inputs, stream);
  return { outOfMemory, ...lookAtNodes(cluster, inputs, stream) };
}

/** Placed: its process starts, listens, and is asked whether it is ready. */
export function startPod(pod: ModelPod, atS: number, inputs: Inputs, stream: Random): void {
  const listensAtS = atS + between(stream, inputs.startSecondsMin, inputs.startSecondsMax);
  const limitMiB = pod.size.limitMiB / inputs.containersPerPod;
  pod.readyAtS = firstProbeFrom(listensAtS, atS + inputs.probeDelaySeconds, inputs.probeEverySeconds);
  pod.containers = [];
  for (let index = 0; index < inputs.containersPerPod; index++) {
    const changesAtS = atS + between(stream, 1, inputs.useChangesSeconds);
    pod.containers.push({ usedMiB: 0, targetMiB: targetMiB(inputs, limitMiB, stream), changesAtS });
  }
}

/** The first probe that finds somebody there. */
function firstProbeFrom(listensAtS: number, firstAtS: number, everyS: number): number {
  return firstAtS + Math.max(0, Math.ceil((listensAtS - firstAtS) / everyS)) * everyS;
}

function isRunning(pod: ModelPod, nowS: number): boolean {
  return pod.readyAtS !== null && pod.readyAtS <= nowS;
}

/** How many containers of the pod went over their limit; each is restarted by itself, and the pod is not ready meanwhile. */
function useMemory(pod: ModelPod, nowS: number, inputs: Inputs, stream: Random): number {
  const limitMiB = pod.size.limitMiB / inputs.containersPerPod;
  let killed = 0;
  for (const container of pod.containers) {
    moveOn(container, nowS, () => targetMiB(inputs, limitMiB, stream), inputs);
    container.usedMiB += (container.targetMiB - container.usedMiB) / inputs.useRiseSeconds;
    if (container.usedMiB <= limitMiB || isTerminating(pod)) continue;
    killed += 1;
    container.usedMiB = 0;
    container.targetMiB = targetMiB(inputs, limitMiB, stream);
    pod.readyAtS = nowS + between(stream, inputs.startSecondsMin, inputs.startSecondsMax);
  }
  return killed;
}

function moveOn(container: ModelContainer, nowS: number, draw: () => number, inputs: Inputs): void {
  if (nowS < container.changesAtS) return;
  container.targetMiB = draw();
  container.changesAtS = nowS + inputs.useChangesSeconds;
}

function lookAtNodes(cluster: Cluster, inputs: Inputs, stream: Random): Pick<Happened, 'evicted' | 'kernelKilled'> {
  const memory: NodeMemory = {
    capacityMiB: inputs.nodeCapacityMiB,
    systemUsedMiB: inputs.nodeSystemUsedMiB,
    evictBelowMiB: inputs.evictBelowMiB,
  };
  let evicted = 0;
  let kernelKilled = 0;
  const used = usedByNode(cluster);
  for (const node of cluster.nodes) {
    if (memory.capacityMiB - memory.systemUsedMiB - (used.get(node.name) || 0) >= memory.evictBelowMiB) continue;
    const uses = usesOn(node, cluster);
    const victim = kernelVictim(memory, uses);
    const evictee = cluster.nowS % inputs.kubeletLooksSeconds === 0 ? podToEvict(memory, uses) : null;
    if (victim !== null) restart(podNamed(cluster, victim.name), cluster.nowS, inputs, stream);
    else if (evictee !== null) cluster.pods = cluster.pods.filter((pod) => pod.name !== evictee.name);
    kernelKilled += Number(victim !== null);
    evicted += Number(victim === null && evictee !== null);
  }
  return { evicted, kernelKilled };
}

function usedByNode(cluster: Cluster): Map<string, number> {
  const used = new Map<string, number>();
  for (const pod of cluster.pods) if (pod.node !== null) used.set(pod.node, (used.get(pod.node) || 0) + usedMiB(pod));
  return used;
}

function podNamed(cluster: Cluster, name: string): ModelPod {
  return cluster.pods.find((pod) => pod.name === name) as ModelPod;
}

function restart(pod: ModelPod, nowS: number, inputs: Inputs, stream: Random): void {
  const { goneAtS } = pod;
  startPod(pod, nowS, inputs, stream);
  pod.goneAtS = goneAtS;
}
