import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import type { Api } from '../../players/api.ts';
import type { Player } from '../../players/player.ts';
import { type BodyTemplate, requestIdOf } from '../../players/request.ts';
import type { Landing } from './journey.ts';

export type Line = {
  /** Origin and base path, without a slash at its end. */
  target: string;
  headers: { readonly [name: string]: string };
  api: Api;
  seed: number;
  nowMs(): number;
};

/** Sends what the player asks for, and judges what comes for its meaning. */
export function send(line: Line, player: Player, template: BodyTemplate, sequence: number): Landing {
  const { ask, answer, journey } = player;
  const requestId = requestIdOf(line.seed, journey, sequence);
  const { method, path, body } = line.api.request(player, template, requestId);
  const sentMs = line.nowMs();
  const params: RefinedParams<'text'> = {
    headers: { ...line.headers, ...(body === null ? {} : { 'content-type': 'application/json' }), 'x-request-id': requestId },
    timeout: ask.patienceMs,
    redirects: 0,
    responseType: 'text',
    tags: { name: ask.kind },
  };
  const response = http.request(method, line.target + path, body, params);
  const endedMs = line.nowMs();
  const kind = kindOf(response);
  if (kind === 'answered') line.api.judge(ask, response.status, response.body ?? '', answer);
  return { kind, endedMs, serviceMs: endedMs - sentMs, requestId };
}

/**
 * k6's error codes (grafana.com/docs/k6, "Error codes"): 1400 to 1599 are complete answers with such a status; 1010 to 1029, 1100 to 1119,
 * 1210 to 1219 and 1300 to 1399 come before a request can leave (network, URL, name, connection, TLS). Anything else may have arrived.
 */
function kindOf({ status, error_code: code }: RefinedResponse<'text'>): Landing['kind'] {
  if (code === 0 || (code >= 1400 && code < 1600)) return status > 0 ? 'answered' : 'unknown';
  const isBefore = (code >= 1010 && code < 1030) || (code >= 1100 && code < 1120) || (code >= 1210 && code < 1220);
  return isBefore || (code >= 1300 && code < 1400) ? 'unreachable' : 'unknown';
}
