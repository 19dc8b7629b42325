import { describe, expect, test } from 'vitest';
import { authenticationCases } from './fixtures/authentication.ts';
import { clientLibraryTests } from './fixtures/client-library.ts';
import { clientCases } from './fixtures/clients.ts';
import { keyCases } from './fixtures/keys.ts';
import { lifetimeCases } from './fixtures/lifetimes.ts';
import { nameCases } from './fixtures/names.ts';
import { permissionCases } from './fixtures/permissions.ts';
import { refusalCases } from './fixtures/refusals.ts';
import type { Server } from './fixtures/said.ts';
import type { Case } from './fixtures/steps.ts';
import { password, play } from './fixtures/steps.ts';
import { userCases } from './fixtures/users.ts';
import { valueCases } from './fixtures/values.ts';
import { wireCases } from './fixtures/wire.ts';

/** A freshly started server whose default user has `password`. */
export type ServerUnderTest = { port: number; stop(): Promise<void> };

export type StartServer = (password: string) => Promise<ServerUnderTest>;

const subjects: { [subject: string]: readonly Case[] } = {
  authentication: authenticationCases,
  users: userCases,
  permissions: permissionCases,
  refusals: refusalCases,
  keys: keyCases,
  values: valueCases,
  lifetimes: lifetimeCases,
  names: nameCases,
  clients: clientCases,
  'the wire': wireCases,
};

/** What every cache server we start must say, byte for byte; each case on a server of its own. */
export function conformanceSuite(engine: Server, start: StartServer): void {
  describe.each(Object.entries(subjects))(`${engine}: %s`, (_, cases) => {
    test.each(cases)('$title', async ({ steps }) => {
      const server = await start(password);
      try {
        await play(steps, server.port, engine);
        expect(steps.length).toBeGreaterThan(0);
      } finally {
        await server.stop();
      }
    });
  });
  clientLibraryTests(engine, start);
}
