import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** For whoever asks for a name's addresses: each connection begins with the next one, the others follow in case nobody listens there. */
export function inTurn(addresses: readonly LookupAddress[]): LookupFunction {
  let turn = -1;
  return (_name, { all }, found) => {
    turn = (turn + 1) % addresses.length;
    const order = [...addresses.slice(turn), ...addresses.slice(0, turn)];
    const { address, family } = order[0] as LookupAddress;
    if (all === true) found(null, order);
    else found(null, address, family);
  };
}
