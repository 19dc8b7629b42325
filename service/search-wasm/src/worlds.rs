//! What there is in the three worlds, as far as a search needs it.

pub const WORLD_COUNT: usize = 3;
pub const WORLD_NAMES: [&str; WORLD_COUNT] = ["verdania", "emberfall", "nimbus"];

/// Three bands of warmth by three of moisture for each world; the place in these lists is a biome's number.
pub const BIOMES_PER_WORLD: usize = 9;
pub const BIOME_COUNT: usize = WORLD_COUNT * BIOMES_PER_WORLD;

pub const BIOME_NAMES: [&str; BIOME_COUNT] = [
    "tundra", "taiga", "glacier", "meadow", "forest", "swamp", "desert", "savanna", "jungle", "basalt_flats", "ash_forest", "obsidian_fen",
    "ember_steppe", "cinder_woods", "sulfur_marsh", "lava_fields", "scorched_mesa", "magma_grove", "frost_drift", "pale_pines",
    "hail_mire", "cloud_meadow", "sky_forest", "mist_garden", "sun_terrace", "storm_ridge", "rain_cradle",
];

/// What a biome's loot is made of.
pub const MATERIALS: [&str; BIOME_COUNT] = [
    "bone", "pine", "ice", "clover", "oak", "moss", "sandstone", "amber", "jade", "basalt", "charcoal", "obsidian", "copper", "ironbark",
    "sulfur", "magmite", "red clay", "ruby", "frost glass", "silver", "pearl", "feather", "skywood", "opal", "gold leaf", "storm steel",
    "sapphire",
];

/// How rich a biome's treasures are: 0 poor, 2 rich. The wetter, the richer.
pub fn richness_of(biome: usize) -> usize {
    biome % 3
}
