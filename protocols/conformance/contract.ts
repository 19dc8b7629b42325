import { describe, expect, test } from 'vitest';
import { authenticationCases } from './fixtures/authentication.ts';
import { clientLibraryTests } from './fixtures/client-library.ts';
import { clientCases } from './fixtures/clients.ts';
import { keyCases } from './fixtures/keys.ts';
import type { Case } from './fixtures/steps.ts';
import { password, play } from './fixtures/steps.ts';
import { userCases } from './fixtures/users.ts';
import { wireCases } from './fixtures/wire.ts';

/** A freshly started server whose default user has `password`. */
export type ServerUnderTest = { port: number; stop(): Promise<void> };

export type StartServer = (password: string) => Promise<ServerUnderTest>;

const subjects: { [subject: string]: readonly Case[] } = {
  authentication: authenticationCases,
  users: userCases,
  keys: keyCases,
  clients: clientCases,
  'the wire': wireCases,
};

/** What every cache server we start must say, byte for byte; each case on a server of its own. */
export function conformanceSuite(engine: string, start: StartServer): void {
  describe.each(Object.entries(subjects))(`${engine}: %s`, (_, cases) => {
    test.each(cases)('$title', async ({ steps }) => {
      const server = await start(password);
      try {
        await play(steps, server.port);
        expect(steps.length).toBeGreaterThan(0);
      } finally {
        await server.stop();
      }
    });
  });
  clientLibraryTests(engine, start);
}
