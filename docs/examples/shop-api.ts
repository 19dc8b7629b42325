// Does a shop keep finding things for people who hop from a search to an offer to the shelf? A backend of your own, played by the same
// players: `npm run rehearse -- docs/examples/shop-api.ts --target http://127.0.0.1:8080`
import type { Scenario } from '../../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'A busy hour in three shops',
  crowd: { players: 100, mix: { explorer: 6, farmer: 2, wanderer: 2 } },
  settle: '56s',
  api: {
    // The crowd lives in three worlds, 64,000 blocks wide. Here they are shops, and blocks are steps.
    worlds: { verdania: 'harbour', emberfall: 'old-town', nimbus: 'airport' },
    search: {
      path: '/shops/{world}/search',
      // Whole numbers stay numbers; {profile} is what a client tells of itself, so that bodies have about 500 bytes.
      body: { near: { east: '{x}', north: '{z}' }, within: '{radius}', take: '{limit}', customer: '{playerId}', client: '{profile}' },
      list: '/data/items',
      each: ['/sku', '/price'],
      // A found thing that is not in stock is an empty chest.
      useful: '/stock',
      id: '/sku',
      position: { x: '/at/east', z: '/at/north' },
    },
    spawns: {
      path: '/shops/{world}/items/{id}/offers?within={radius}',
      list: '/offers',
      each: ['/seller'],
      // Offers for another thing than the one asked for are wrong, however fine they look.
      echo: { '/item/sku': '{id}' },
    },
    biome: {
      path: '/shops/{world}/shelves/{x}/{z}?size={size}',
      list: '/shelves',
      echo: { '/shop': '{world}', '/at/east': '{x}', '/at/north': '{z}' },
    },
  },
  expect: [
    { share: 'useful', of: 'chain', atLeast: 0.99, in: 'run' },
    { latency: 0.99, of: 'search', atMost: '100ms', in: 'run' },
  ],
};
