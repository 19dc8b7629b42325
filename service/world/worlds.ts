/** What a biome gives: the material its loot is made of, who lives there, and how rich its treasures are (0 poor, 2 rich). */
export type Biome = {
  readonly name: string;
  readonly material: string;
  readonly richness: 0 | 1 | 2;
  readonly kinds: readonly [string, string, string];
};

export type WorldName = 'verdania' | 'emberfall' | 'nimbus';
export const worldNames: readonly WorldName[] = ['verdania', 'emberfall', 'nimbus'];

/** Nine biomes a world: three bands of warmth (cold, mild, hot) by three of moisture (dry, fair, wet). */
const biomesOfWorld: { readonly [world in WorldName]: readonly Biome[] } = {
  verdania: [
    { name: 'tundra', material: 'bone', richness: 0, kinds: ['snow hare', 'wolf', 'frost wisp'] },
    { name: 'taiga', material: 'pine', richness: 1, kinds: ['elk', 'wolf', 'owl bear'] },
    { name: 'glacier', material: 'ice', richness: 2, kinds: ['ice crab', 'frost wisp', 'yeti'] },
    { name: 'meadow', material: 'clover', richness: 0, kinds: ['bee', 'fox', 'shepherd ghost'] },
    { name: 'forest', material: 'oak', richness: 1, kinds: ['boar', 'dryad', 'bandit'] },
    { name: 'swamp', material: 'moss', richness: 2, kinds: ['toad', 'bog witch', 'leech'] },
    { name: 'desert', material: 'sandstone', richness: 0, kinds: ['scorpion', 'dust djinn', 'vulture'] },
    { name: 'savanna', material: 'amber', richness: 1, kinds: ['lion', 'hyena', 'hunter'] },
    { name: 'jungle', material: 'jade', richness: 2, kinds: ['panther', 'serpent', 'idol'] },
  ],
  emberfall: [
    { name: 'basalt_flats', material: 'basalt', richness: 0, kinds: ['rock imp', 'basalt golem', 'ash rat'] },
    { name: 'ash_forest', material: 'charcoal', richness: 1, kinds: ['ash rat', 'smoke stag', 'cinder owl'] },
    { name: 'obsidian_fen', material: 'obsidian', richness: 2, kinds: ['glass eel', 'mire hag', 'shardling'] },
    { name: 'ember_steppe', material: 'copper', richness: 0, kinds: ['fire fox', 'nomad', 'ember beetle'] },
    { name: 'cinder_woods', material: 'ironbark', richness: 1, kinds: ['cinder owl', 'salamander', 'burnt treant'] },
    { name: 'sulfur_marsh', material: 'sulfur', richness: 2, kinds: ['gas toad', 'bog drake', 'leech'] },
    { name: 'lava_fields', material: 'magmite', richness: 0, kinds: ['lava slime', 'fire imp', 'magma crab'] },
    { name: 'scorched_mesa', material: 'red clay', richness: 1, kinds: ['vulture', 'sand drake', 'raider'] },
    { name: 'magma_grove', material: 'ruby', richness: 2, kinds: ['flame dryad', 'magma crab', 'phoenix chick'] },
  ],
  nimbus: [
    { name: 'frost_drift', material: 'frost glass', richness: 0, kinds: ['snow ray', 'hail sprite', 'drifter'] },
    { name: 'pale_pines', material: 'silver', richness: 1, kinds: ['pale stag', 'wind lynx', 'hail sprite'] },
    { name: 'hail_mire', material: 'pearl', richness: 2, kinds: ['cloud eel', 'mist hag', 'drip leech'] },
    { name: 'cloud_meadow', material: 'feather', richness: 0, kinds: ['cloud lamb', 'swift', 'kite ghost'] },
    { name: 'sky_forest', material: 'skywood', richness: 1, kinds: ['glider squirrel', 'air dryad', 'sky pirate'] },
    { name: 'mist_garden', material: 'opal', richness: 2, kinds: ['mist moth', 'lotus sprite', 'gardener'] },
    { name: 'sun_terrace', material: 'gold leaf', richness: 0, kinds: ['sun lizard', 'monk', 'mirror crab'] },
    { name: 'storm_ridge', material: 'storm steel', richness: 1, kinds: ['thunder goat', 'harpy', 'spark imp'] },
    { name: 'rain_cradle', material: 'sapphire', richness: 2, kinds: ['rain serpent', 'naiad', 'frog king'] },
  ],
};

/** Every biome of every world; the place in this list is a biome's number. */
export const biomes: readonly Biome[] = worldNames.flatMap((world) => biomesOfWorld[world]);
const biomesPerWorld = 9;

export function isWorldName(name: string): name is WorldName {
  return (worldNames as readonly string[]).includes(name);
}

export function worldIndexOf(name: WorldName): number {
  return worldNames.indexOf(name);
}

/** The number of a biome by world and band; bands are 0..2. */
export function biomeNumber(worldIndex: number, warmth: number, moisture: number): number {
  return worldIndex * biomesPerWorld + warmth * 3 + moisture;
}
