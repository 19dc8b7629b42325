import { fits, type NodeRoom, nodeFor } from './scheduler.ts';

/**
 * How cluster-autoscaler grows a group of equal nodes: at each scan it packs the pods that fit nowhere onto imagined nodes, and asks for
 * as many as that takes. It does not know that room will be free again in half a minute, when pods that are being stopped are gone.
 * Source: kubernetes/autoscaler, cluster-autoscaler/FAQ.md ("How does scale-up work?") and estimator/binpacking_estimator.go.
 */
export type NodeGroup = {
  /** Allocatable memory of one of its nodes. */
  readonly allocatableMiB: number;
  /** Nodes that are there, and those that were asked for and are on their way. */
  readonly nodes: number;
  readonly comingNodes: number;
  readonly nodesMax: number;
};

/** How many nodes to ask for, given what each pending pod requests. */
export function nodesToAdd(pendingRequestsMiB: readonly number[], group: NodeGroup): number {
  const coming = imagined(group.comingNodes, group);
  const left = pendingRequestsMiB.filter((requestMiB) => requestMiB <= group.allocatableMiB && !bind(requestMiB, coming));
  const roomFor = Math.max(0, group.nodesMax - group.nodes - group.comingNodes);
  return Math.min(roomFor, packed(left, group));
}

/** First fit, the largest first: the estimator's way, which is not always the best one. */
function packed(requestsMiB: readonly number[], group: NodeGroup): number {
  const nodes: NodeRoom[] = [];
  for (const requestMiB of [...requestsMiB].sort((one, other) => other - one)) {
    if (bindFirst(requestMiB, nodes)) continue;
    nodes.push({ name: nodeName(nodes.length), allocatableMiB: group.allocatableMiB, requestedMiB: requestMiB });
  }
  return nodes.length;
}

function bindFirst(requestMiB: number, nodes: NodeRoom[]): boolean {
  return bindAt(
    nodes.findIndex((node) => fits(requestMiB, node)),
    requestMiB,
    nodes,
  );
}

function bind(requestMiB: number, nodes: NodeRoom[]): boolean {
  const name = nodeFor(requestMiB, nodes);
  return bindAt(
    nodes.findIndex((node) => node.name === name),
    requestMiB,
    nodes,
  );
}

function bindAt(index: number, requestMiB: number, nodes: NodeRoom[]): boolean {
  const node = nodes[index];
  if (node === undefined) return false;
  nodes[index] = { ...node, requestedMiB: node.requestedMiB + requestMiB };
  return true;
}

function imagined(count: number, { allocatableMiB }: NodeGroup): NodeRoom[] {
  const nodes: NodeRoom[] = [];
  for (let index = 0; index < count; index++) nodes.push({ name: nodeName(index), allocatableMiB, requestedMiB: 0 });
  return nodes;
}

/** Padded, so that the order of names is the order of numbers. */
export function nodeName(index: number): string {
  return `node-${String(index + 1).padStart(3, '0')}`;
}
