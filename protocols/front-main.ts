import { type FrontAddress, openFront } from './tcp-front.ts';

/** A front in a process of its own: told where to route by its parent, and gone when the parent is. */
const front = await openFront();
process.on('message', (endpoints: readonly FrontAddress[]) => front.route(endpoints));
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
process.send?.(front.origin);
