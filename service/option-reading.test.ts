import { describe, expect, test } from 'vitest';
import { optionsSchema, readOptions } from './option-reading.ts';
import { optionKeys, variableOf } from './options.ts';

function problemsOf(variables: { [name: string]: string }) {
  const reading = readOptions(variables);
  return reading.ok ? [] : reading.problems;
}

function optionsOf(variables: { [name: string]: string }) {
  const reading = readOptions(variables);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.options;
}

describe('options', () => {
  test('an empty environment gives the defaults', () => {
    expect(optionsOf({})).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      redisPort: 0,
      redisTimeoutMs: 25,
      redisQueueMax: 0,
      environment: 'plain',
    });
  });

  test('a key is read from its variable', () => {
    expect(variableOf('redisTimeoutMs')).toBe('TREASURE_REDIS_TIMEOUT_MS');
    expect(optionsOf({ TREASURE_REDIS_TIMEOUT_MS: '40', HOME: '/root' }).redisTimeoutMs).toBe(40);
  });

  test('none means no limit, only where a row allows it', () => {
    expect(optionsOf({ TREASURE_REDIS_TIMEOUT_MS: 'none', TREASURE_REDIS_QUEUE_MAX: 'none' })).toMatchObject({
      redisTimeoutMs: null,
      redisQueueMax: null,
    });
    expect(problemsOf({ TREASURE_PORT: 'none' })).toHaveLength(1);
    expect(optionsOf({ TREASURE_POD_NAME: 'none' }).podName).toBe('none');
  });

  test('all problems come at once, each with what would be right', () => {
    const problems = problemsOf({
      TREASURE_PORT: '-1',
      TREASURE_REDIS_TIMEOUT_MS: 'soon',
      TREASURE_LOG_LEVEL: 'loud',
      TREASURE_REDIS_PROT: '1',
    });
    expect(problems.map((problem) => problem.variable).sort()).toEqual([
      'TREASURE_LOG_LEVEL',
      'TREASURE_PORT',
      'TREASURE_REDIS_PROT',
      'TREASURE_REDIS_TIMEOUT_MS',
    ]);
    for (const problem of problems) expect(problem.remedy).not.toBe('');
    expect(problems.find((problem) => problem.variable === 'TREASURE_REDIS_PROT')?.remedy).toContain('TREASURE_REDIS_PORT');
  });

  test('an empty number is a problem and not zero', () => {
    expect(problemsOf({ TREASURE_REDIS_PORT: '' }).map((problem) => problem.variable)).toEqual(['TREASURE_REDIS_PORT']);
  });

  test.each([{}, { TREASURE_REDIS_PASSWORD: '' }])('a Redis without a password is refused by the name of the key', (secret) => {
    const problems = problemsOf({ TREASURE_REDIS_PORT: '6379', ...secret });
    expect(problems.map((problem) => problem.variable)).toEqual(['TREASURE_REDIS_PASSWORD']);
  });

  test('a problem with a secret does not show it', () => {
    const secret = 'hunter2'.repeat(200);
    expect(JSON.stringify(problemsOf({ TREASURE_REDIS_PASSWORD: secret }))).not.toContain('hunter2');
    expect(problemsOf({ TREASURE_REDIS_PASSWORD: secret })).toHaveLength(1);
  });

  test('the schema lists every option with its variable and whether it is secret', () => {
    const schema = optionsSchema() as { properties: { [key: string]: { variable: string; secret: boolean } } };
    expect(Object.keys(schema.properties)).toEqual(optionKeys);
    expect(schema.properties['redisPassword']).toMatchObject({ variable: 'TREASURE_REDIS_PASSWORD', secret: true });
    expect(schema.properties['redisTimeoutMs']).toMatchObject({ unit: 'ms', default: 25, secret: false });
  });
});
