import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { defaultEnvironment, environmentNames } from './environment-names.ts';

test('scenarios may name exactly the environments that the service says it has, in its order', () => {
  const main = fileURLToPath(new URL('../service/main.ts', import.meta.url));
  const schema = JSON.parse(execFileSync(process.execPath, [main, '--print-schema'], { encoding: 'utf8', timeout: 20_000 })) as {
    environments: object;
    deployments: object;
  };
  expect(Object.keys(schema.environments)).toEqual([...environmentNames]);
  expect(Object.keys(schema.deployments)).toEqual([...environmentNames]);
  expect(environmentNames).toContain(defaultEnvironment);
});
