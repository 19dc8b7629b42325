import { assumed, type Basis, derived, sourced } from '../../core/basis.ts';

/**
 * What the model is told, one row each, with where it comes from. Everything that the story's fifth row says of the cluster is computed
 * from these by the decisions in this folder; none of the story's figures is among them but the inherited limit.
 */
export type InputRow = Basis & { readonly unit: string; readonly value: number; readonly help: string };

const row = (value: number, unit: string, help: string, basis: Basis): InputRow => ({ value, unit, help, ...basis });

const gke = 'cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes';
const evictionDocs = 'kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction';
const probeDocs = 'kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes';
const autoscalerFaq = 'kubernetes/autoscaler, cluster-autoscaler/FAQ.md';

export const inputRows = {
  nodeCapacityMiB: row(8192, 'MiB', 'memory of a node', assumed('a middling machine of any cloud')),
  nodeReservedMiB: row(1843, 'MiB', 'kept for the system of it', sourced(`25 % of the first 4 GiB, 20 % of the next 4: ${gke}`)),
  evictBelowMiB: row(
    100,
    'MiB',
    'available memory below which the kubelet evicts',
    sourced(`default memory.available<100Mi: ${evictionDocs}`),
  ),
  nodeSystemUsedMiB: row(
    700,
    'MiB',
    'what the system of a node really uses',
    assumed('kubelet, runtime and agents leave part of their reserve'),
  ),
  nodes: row(17, 'nodes', 'nodes before anything is done', derived('what holds the pods by their requests, all nodes full')),
  nodesMax: row(40, 'nodes', 'most that the autoscaler may have', assumed('a limit somebody set high enough not to think of it')),
  pods: row(204, 'pods', 'pods of the service', assumed('one for some fifty of 10,000 explorers, and as many as 17 nodes hold')),
  containersPerPod: row(
    2,
    'containers',
    'containers of a pod',
    assumed('the search and the proxy beside it, both with the inherited limit'),
  ),
  limitMiB: row(256, 'MiB', 'memory limit of a container before the band-aid', sourced('the story: 256 MB')),
  requestMiB: row(256, 'MiB', 'memory request of a container', derived('a manifest with a limit and no request has the limit as request')),
  useMeanPerMille: row(
    730,
    '1/1000 of the limit',
    'what a container comes to use, mean',
    assumed('a heap takes what it may before it collects; chosen with the next row'),
  ),
  useDeviationPerMille: row(
    120,
    '1/1000 of the limit',
    'the same, standard deviation',
    assumed('chosen so that some 3 of 100 pods outgrow the inherited limit in ten minutes'),
  ),
  useRiseSeconds: row(
    120,
    's',
    'time in which use comes within 37 % of where it goes',
    assumed('sessions and caches fill while players play'),
  ),
  useChangesSeconds: row(
    600,
    's',
    'how long explorers stay with one place, and with the pods that it loads',
    assumed('a treasure hunt moves on'),
  ),
  kubeletLooksSeconds: row(10, 's', 'between two looks of the kubelet at its memory', sourced(`monitoring interval: ${evictionDocs}`)),
  autoscalerScansSeconds: row(10, 's', 'between two scans of the autoscaler', sourced(`--scan-interval: ${autoscalerFaq}`)),
  nodeBootSecondsMin: row(50, 's', 'from asking for a node until it is Ready, at least', assumed('clouds: about a minute')),
  nodeBootSecondsMax: row(80, 's', 'the same, at most', assumed('clouds: about a minute')),
  imagePullSeconds: row(12, 's', 'first pod on a node: the image comes first', assumed('some 300 MB')),
  startSecondsMin: row(
    2,
    's',
    'from a pod being placed to its process listening, at least',
    assumed('sandbox, mounts, start of the runtime'),
  ),
  startSecondsMax: row(
    5,
    's',
    'the same, at most',
    sourced('99 % of pods start within 5 s, image pulls left out: Kubernetes scalability SLO'),
  ),
  probeDelaySeconds: row(10, 's', 'before the first readiness probe', assumed('as many manifests have it')),
  probeEverySeconds: row(10, 's', 'between readiness probes', sourced(`periodSeconds is 10 unless somebody says otherwise: ${probeDocs}`)),
  graceSeconds: row(
    30,
    's',
    'a stopped pod keeps its place so long',
    sourced('default terminationGracePeriodSeconds; players hold their connections open'),
  ),
  steadySeconds: row(
    600,
    's',
    'how long is watched before the roll, and again after it',
    sourced(`no scale-down within 10 minutes of a scale-up: ${autoscalerFaq}`),
  ),
} as const satisfies { readonly [name: string]: InputRow };

export type InputName = keyof typeof inputRows;
export type Inputs = { readonly [name in InputName]: number };

/** The rows' values, some of them replaced. */
export function inputsWith(changes: Partial<Inputs> = {}): Inputs {
  const values: { [name: string]: number } = {};
  for (const name of Object.keys(inputRows) as InputName[]) values[name] = inputRows[name].value;
  return { ...(values as Inputs), ...changes };
}

export function allocatableMiB(inputs: Inputs): number {
  return inputs.nodeCapacityMiB - inputs.nodeReservedMiB - inputs.evictBelowMiB;
}

/** What is changed at the roll. */
export type Change = {
  readonly limitTimes: number;
  /** The band-aid left them as they were; the cure is to say what is needed. */
  readonly requests: 'unchanged' | 'as limits';
};

export const bandaid: Change = { limitTimes: 2, requests: 'unchanged' };

export type PodSize = { readonly requestMiB: number; readonly limitMiB: number };

/** Of a whole pod, before and after. */
export function podSizes(inputs: Inputs, change: Change): { before: PodSize; after: PodSize } {
  const { containersPerPod, limitMiB, requestMiB } = inputs;
  const limitAfterMiB = limitMiB * change.limitTimes * containersPerPod;
  return {
    before: { requestMiB: requestMiB * containersPerPod, limitMiB: limitMiB * containersPerPod },
    after: { requestMiB: change.requests === 'unchanged' ? requestMiB * containersPerPod : limitAfterMiB, limitMiB: limitAfterMiB },
  };
}
