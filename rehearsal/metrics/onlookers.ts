import type { Result } from '../../core/result.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { openAnnotator } from './annotator.ts';
import type { Onlooker } from './onlooker.ts';
import type { OnlookerWishes } from './onlooker-wishes.ts';
import { openPrometheus } from './prometheus.ts';

export async function openOnlookers({ metricsPort, grafana }: OnlookerWishes): Promise<Result<Onlooker>> {
  const annotators = grafana === null ? [] : [openAnnotator(grafana, systemClock)];
  if (metricsPort === null) return { ok: true, value: together(annotators) };
  const prometheus = await openPrometheus(metricsPort, systemClock);
  return prometheus.ok ? { ok: true, value: together([prometheus.value, ...annotators]) } : prometheus;
}

function together(onlookers: readonly Onlooker[]): Onlooker {
  return {
    around: (world, plan, header) => onlookers.reduce((seen, onlooker) => onlooker.around(seen, plan, header), world),
    async end(record) {
      await Promise.all(onlookers.map((onlooker) => onlooker.end(record)));
    },
  };
}
