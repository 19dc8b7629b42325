import { Counter, Gauge, type Registry } from 'prom-client';
import type { PodStatus } from '../../platforms/platform.ts';
import type { GeneratorFigures } from '../../simulator/measure/figures.ts';
import type { Plan } from '../plan.ts';
import type { RunHeader } from '../record.ts';
import type { LiveState } from '../report/live.ts';
import type { WindowSpan } from '../windows.ts';
import { MergedHistogram } from './merged-histogram.ts';
import { noWindow } from './player-metrics.ts';

/** How the run stands: what is broken, in which window play is, who plays, how the generator and the pods are. */
export interface RunMetrics {
  show(state: LiveState, windows: readonly WindowSpan[]): void;
  pods(pods: readonly PodStatus[]): void;
  generator(figures: GeneratorFigures): void;
}

export function createRunMetrics(registry: Registry, plan: Plan, header: RunHeader): RunMetrics {
  const showInfo = gauge(registry, 'launchstorm_run_info', 'Which run this is, and what it asked for.', [
    'run_id',
    'kind',
    'scenario',
    'environment',
    'platform',
    'seed',
  ]);
  const { runId, kind, title, environment, platform, seed } = header;
  showInfo.set({ run_id: runId, kind, scenario: title, environment, platform, seed: String(seed) }, 1);
  const players = gauge(registry, 'launchstorm_players', 'Players connected now.', []);
  const showFaults = faultGauge(registry, plan);
  const showWindow = windowGauge(registry, plan, kind);
  return {
    show(state, windows) {
      players.set(state.players);
      showFaults(state.faults);
      showWindow(windows, state.elapsedMs);
    },
    pods: podGauges(registry),
    generator: generatorGauges(registry),
  };
}

/** 1 from the moment when a fault was applied until it was put back. */
function faultGauge(registry: Registry, plan: Plan): (faults: LiveState['faults']) => void {
  const active = gauge(registry, 'launchstorm_fault_active', 'Whether a fault of the scenario is applied and not put back.', [
    'fault',
    'kind',
    'variant',
  ]);
  const set = (faults: LiveState['faults']) => {
    for (const { id: fault, kind, variant } of plan.faults) {
      const times = faults.findLast(({ id }) => id === fault);
      active.set({ fault, kind, variant }, times !== undefined && times.appliedAtMs !== null && times.undoneAtMs === null ? 1 : 0);
    }
  };
  set([]);
  return set;
}

/** All windows that the scenario can have are there from the beginning, so that there are never more. */
function windowGauge(registry: Registry, plan: Plan, kind: RunHeader['kind']): (windows: readonly WindowSpan[], nowMs: number) => void {
  const active = gauge(registry, 'launchstorm_window_active', 'In which window of the run play is now.', ['window']);
  const ofFaults = plan.faults.flatMap(({ id }) => [`during:${id}`, `recovery:${id}`]);
  const all = kind === 'load' ? ['run'] : ['warmup', 'before', ...ofFaults, 'after', noWindow];
  const show = (windows: readonly WindowSpan[], nowMs: number) => {
    const last = windows.at(-1);
    const current = last !== undefined && last.toMs >= nowMs ? last.name : noWindow;
    for (const window of all) active.set({ window }, window === current ? 1 : 0);
  };
  show([], 0);
  return show;
}

function podGauges(registry: Registry): (pods: readonly PodStatus[]) => void {
  const states: readonly PodStatus['state'][] = ['starting', 'ready', 'unready', 'backing-off', 'stopped'];
  const byState = gauge(registry, 'launchstorm_pods', 'Pods of the service by state, as the platform sees them.', ['state']);
  const restarts = sum(registry, 'launchstorm_pod_restarts_total', 'Restarts of a pod since the environment came up.', ['pod']);
  return (pods) => {
    for (const state of states) byState.set({ state }, pods.filter((pod) => pod.state === state).length);
    restarts(pods.map(({ name, restarts: count }) => [{ pod: name }, count]));
  };
}

function generatorGauges(registry: Registry): (figures: GeneratorFigures) => void {
  const lag = new MergedHistogram({
    name: 'launchstorm_generator_lag_seconds',
    help: 'How much later than meant actions were begun: the fault of the generator, not of the service.',
    labelNames: [],
    registers: [registry],
  });
  const dropped = sum(registry, 'launchstorm_generator_dropped_total', 'Actions that the generator could not begin.', []);
  const cpu = gauge(registry, 'launchstorm_generator_cpu_cores', 'Processor cores that players took, mean since the start.', []);
  const memory = gauge(registry, 'launchstorm_generator_memory_max_bytes', 'Most resident memory of the processes of players.', []);
  const lost = gauge(registry, 'launchstorm_generator_lost_processes', 'Processes of players that were lost on the way.', []);
  return (figures) => {
    lag.forget();
    lag.add({}, figures.lagUs);
    dropped([[{}, figures.dropped]]);
    cpu.set(figures.cpuShare);
    memory.set(figures.rssBytesMax);
    lost.set(figures.lost?.length ?? 0);
  };
}

function gauge<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
  return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
}

type Sums<Label extends string> = readonly (readonly [labels: { [label in Label]: string }, sum: number])[];

/** A counter that somebody else keeps: what is given is all that has been counted so far. */
function sum<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): (sums: Sums<Label>) => void {
  const counter = new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  return (sums) => {
    counter.reset();
    for (const [labels, counted] of sums) counter.inc(labels, counted);
  };
}
