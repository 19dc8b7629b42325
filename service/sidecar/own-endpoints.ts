import type { SharedCache } from '../cache/shared-cache.ts';
import { configurationHash, visibleConfiguration } from '../configuration.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Options } from '../options.ts';
import type { AnsweringParts } from './answering.ts';
import { jsonType } from './exchange.ts';

export type OwnParts = { options: Options; metrics: Metrics; shared: SharedCache; isDraining: () => boolean };

/** What the platform and the people who run it look at: the sidecar's own, which is there while the main process is not. */
export function ownEndpoints({ options, metrics, shared, isDraining }: OwnParts): AnsweringParts['own'] {
  const configuration = visibleConfiguration(options);
  const hash = configurationHash(options);
  const json = (status: number, value: object) => ({ status, contentType: jsonType, body: JSON.stringify(value) });
  return (target) => {
    switch (target) {
      case '/healthz':
        return Promise.resolve({ operation: 'healthz', ...json(200, { alive: true }) });
      case '/readyz':
        return Promise.resolve({ operation: 'readyz', ...json(isDraining() ? 503 : 200, { ready: !isDraining(), redis: shared.state() }) });
      case '/configz':
        return Promise.resolve({ operation: 'configz', ...json(200, { environment: options.environment, hash, configuration }) });
      case '/metrics':
        return metrics.registry
          .metrics()
          .then((body) => ({ operation: 'metrics', status: 200, contentType: metrics.registry.contentType, body }));
      default:
        return null;
    }
  };
}
