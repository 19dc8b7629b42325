import type { Problem } from '../../core/problem.ts';
import type { Result } from '../../core/result.ts';

/** Who looks on at a run beside the terminal: Prometheus, which asks this tool, and Grafana, which is told. Null: nobody. */
export type OnlookerWishes = { metricsPort: number | null; grafana: GrafanaPlace | null };

/** `url` without a slash at its end. The token is in memory only: it is never said or written. */
export type GrafanaPlace = { url: string; token: string };

const urlVariable = 'LAUNCHSTORM_GRAFANA_URL';
const tokenVariable = 'LAUNCHSTORM_GRAFANA_TOKEN';

/** `--metrics` as it was given, and LAUNCHSTORM_GRAFANA_URL with its token. Every problem at once. */
export function readOnlookers(
  metricsPort: number | null | undefined,
  environment: { readonly [variable: string]: string | undefined },
): Result<OnlookerWishes> {
  const url = environment[urlVariable] ?? '';
  if (url === '') return { ok: true, value: { metricsPort: metricsPort ?? null, grafana: null } };
  const token = environment[tokenVariable] ?? '';
  const problems = [...urlProblems(url), ...tokenProblems(token)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { metricsPort: metricsPort ?? null, grafana: { url: url.replace(/\/+$/, ''), token } } };
}

function urlProblems(text: string): readonly Problem[] {
  const url = URL.parse(text);
  const isWeb = url !== null && /^https?:$/.test(url.protocol);
  const example = `for example ${urlVariable}=https://grafana.example.com`;
  const remedy = `leave them out; the token comes in ${tokenVariable}`;
  return [
    ...(isWeb ? [] : [{ place: urlVariable, problem: 'is no http(s) address', remedy: example }]),
    ...(url !== null && `${url.username}${url.password}` !== ''
      ? [{ place: urlVariable, problem: 'holds a name or password', remedy }]
      : []),
  ];
}

function tokenProblems(token: string): readonly Problem[] {
  if (/^[\x21-\x7e]+$/.test(token)) return [];
  const problem = token === '' ? 'is missing' : 'holds characters that no token has';
  return [{ place: tokenVariable, problem, remedy: 'the token of a service account with the permission annotations:create and :write' }];
}
