import type { FastifyInstance } from 'fastify';
import type { SharedCache } from '../cache/shared-cache.ts';
import { configurationHash, visibleConfiguration } from '../configuration.ts';
import { openApiDocument } from '../openapi/document.ts';
import type { Options } from '../options.ts';
import type { Metrics } from './metrics.ts';

export type OperationsParts = { options: Options; metrics: Metrics; shared: SharedCache; isDraining: () => boolean };

/** What the platform and the people who run the service look at. */
export function addOperationsEndpoints(app: FastifyInstance, { options, metrics, shared, isDraining }: OperationsParts): void {
  app.get('/healthz', { config: { operation: 'healthz' } }, async () => ({ alive: true }));

  // Without Redis the service answers from its own computing: that is worth showing, not worth being taken out for.
  app.get('/readyz', { config: { operation: 'readyz' } }, async (_request, reply) =>
    reply.code(isDraining() ? 503 : 200).send({ ready: !isDraining(), redis: shared.state() }),
  );

  app.get('/metrics', { config: { operation: 'metrics' } }, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  const document = openApiDocument();
  app.get('/openapi.json', { config: { operation: 'openapi' } }, async () => document);

  const configuration = visibleConfiguration(options);
  const hash = configurationHash(options);
  app.get('/configz', { config: { operation: 'configz' } }, async () => ({ environment: options.environment, hash, configuration }));
}
