import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configurationHash } from './configuration.ts';
import { environments } from './environments.ts';
import { optionsSchema, readOptions } from './option-reading.ts';
import { environmentNames, type OptionKey, type Options, optionKeys, rowOf } from './options.ts';

function optionsOf(variables: { [name: string]: string }): Options {
  const reading = readOptions(variables);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.options;
}

const inEnvironment = (name: string, variables = {}): Options => optionsOf({ TREASURE_ENVIRONMENT: name, ...variables });

describe('an environment', () => {
  test.each(environmentNames)('%s is made of values that its options allow', (name) => {
    const values: Partial<Options> = environments[name];
    for (const key of Object.keys(values) as OptionKey[]) expect(rowOf(key).check.safeParse(values[key]).success).toBe(true);
    expect(inEnvironment(name)).toMatchObject({ ...values, environment: name });
  });

  test('a variable outweighs it', () => {
    expect(inEnvironment('inherited').requestTimeoutMs).toBe(50);
    expect(inEnvironment('inherited', { TREASURE_REQUEST_TIMEOUT_MS: '700', TREASURE_MEMORY_BYTES_MAX: '999999999' })).toMatchObject({
      requestTimeoutMs: 700,
      memoryBytesMax: 999_999_999,
      onTimeout: 'empty',
    });
  });

  test('plain brings nothing: its values are those of the rows', () => {
    const plain = inEnvironment('plain');
    for (const key of optionKeys) expect(plain[key]).toEqual(rowOf(key).fallback);
  });

  test('staging and inherited differ in their time and their memory, and in nothing else', () => {
    const differing = optionKeys.filter((key) => inEnvironment('staging')[key] !== inEnvironment('inherited')[key]);
    expect(differing.sort()).toEqual(['environment', 'memoryBytesMax', 'requestTimeoutMs']);
  });

  test('each has a hash of its own', () => {
    expect(new Set(environmentNames.map((name) => configurationHash(inEnvironment(name)))).size).toBe(environmentNames.length);
  });

  test('that nobody knows is refused by name', () => {
    const reading = readOptions({ TREASURE_ENVIRONMENT: 'production' });
    expect(reading.ok ? [] : reading.problems.map(({ variable }) => variable)).toEqual(['TREASURE_ENVIRONMENT']);
  });

  test('the schema says what each brings, so that the platform can set the memory limit', () => {
    expect(optionsSchema()).toMatchObject({
      environments: { inherited: { memoryBytesMax: 2 ** 28 }, staging: { memoryBytesMax: 2 ** 30 } },
    });
  });
});

describe('without its secret', () => {
  const start = async (environment: string): Promise<{ code: number | null; said: string }> => {
    const variables = { TREASURE_ENVIRONMENT: environment, TREASURE_REDIS_PORT: '1', TREASURE_PORT: '70000' };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { PATH: process.env['PATH'] ?? '', ...variables },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  };

  // The bad port keeps the one that would start from starting, and shows that all problems are named at once.
  test.each(environmentNames)('%s refuses to start and names the key, redis-careless alone does not mind', async (name) => {
    const { code, said } = await start(name);
    expect(code).toBe(64);
    expect(said).toContain('TREASURE_PORT ');
    expect(said.includes('TREASURE_REDIS_PASSWORD is missing or empty')).toBe(name !== 'redis-careless');
  });
});
