import type { FastifyInstance } from 'fastify';
import { Refusal } from './refusals.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    refusesMethod?: true;
  }
}

/** Whoever comes to a route with another method than its own hears 405 and which one would do. Counts for routes added from now on. */
export function refuseOtherMethods(app: FastifyInstance): void {
  app.addHook('onRoute', ({ url, method, config }) => {
    if (config?.refusesMethod) return;
    const allowed = [method].flat();
    const refuse = (): never => {
      throw new Refusal(405, { error: 'method_not_allowed' }, { allow: allowed.join(', ') });
    };
    app.route({
      url,
      method: app.supportedMethods.filter((other) => !allowed.includes(other)),
      config: { refusesMethod: true },
      // Before the body is read: what it holds does not matter any more.
      onRequest: refuse,
      handler: refuse,
    });
  });
}
