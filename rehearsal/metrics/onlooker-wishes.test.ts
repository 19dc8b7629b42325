import { expect, test } from 'vitest';
import { nobody, onlookersOf } from './onlooker.ts';
import { readOnlookers } from './onlooker-wishes.ts';

const url = 'LAUNCHSTORM_GRAFANA_URL';
const token = 'LAUNCHSTORM_GRAFANA_TOKEN';
const problemsOf = (environment: { [name: string]: string }) => {
  const reading = readOnlookers(null, environment);
  return reading.ok ? [] : reading.problems.map(({ place, problem }) => `${place} ${problem}`);
};

test('nobody looks on unless somebody was asked for', async () => {
  expect(await onlookersOf(undefined, { [token]: 'x' })).toEqual({ ok: true, value: nobody });
  expect(await onlookersOf(null, {})).toEqual({ ok: true, value: nobody });
});

test('Grafana is told where it is and with which token, under a path of its own too', () => {
  expect(readOnlookers(9464, { [url]: 'https://example.com/grafana/', [token]: 'glsa_1' })).toEqual({
    ok: true,
    value: { metricsPort: 9464, grafana: { url: 'https://example.com/grafana', token: 'glsa_1' } },
  });
});

test('every problem is named at once, and no secret with it', () => {
  expect(problemsOf({ [url]: 'grafana', [token]: 'a b' })).toEqual([
    `${url} is no http(s) address`,
    `${token} holds characters that no token has`,
  ]);
  expect(problemsOf({ [url]: 'https://me:hush@example.com' })).toEqual([`${url} holds a name or password`, `${token} is missing`]);
  expect(JSON.stringify(readOnlookers(null, { [url]: 'https://me:hush@example.com', [token]: 'hush now' }))).not.toContain('hush');
});
