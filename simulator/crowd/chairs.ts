import { below, type Random } from '../../core/random.ts';
import { personaNames, personas } from '../players/table.ts';
import type { Crowd } from './crowd.ts';

/** Players of a persona that plays in parties, at one table, on average. Assumed: a usual group of five is seldom full. */
export const tableSizeMean = 4;

/**
 * The table at which a player of such a persona sits, from 1. There are as many tables as the players who
 * want one fill; whoever comes later takes an empty chair, so that tables hold while their members change, and nobody has to be asked.
 */
export function chairOf(crowd: Crowd, stream: Random): number {
  let inParties = 0;
  let all = 0;
  for (const name of personaNames) {
    const weight = crowd.mix[name] ?? 0;
    all += weight;
    if (personas[name]?.inParties) inParties += weight;
  }
  const members = all === 0 ? 0 : Math.floor((crowd.players * inParties) / all);
  return 1 + below(stream, Math.max(1, Math.floor(members / tableSizeMean)));
}
