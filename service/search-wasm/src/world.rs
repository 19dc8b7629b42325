//! One of the worlds under a seed: a few integers, from which everything in it is computed.

use crate::hash::{fold_seed, mix};
use crate::noise::noise_at;
use crate::worlds::BIOMES_PER_WORLD;

#[derive(Clone, Copy)]
pub struct World {
    pub index: u32,
    pub treasure_seed: u32,
    warmth_seed: u32,
    moisture_seed: u32,
}

/// Bands hold about a third each: summed octaves crowd around the middle, so the thresholds do too.
const LOWER_THIRD: i64 = 28_800;
const UPPER_THIRD: i64 = 36_700;

impl World {
    pub const NOWHERE: World = World { index: 0, treasure_seed: 0, warmth_seed: 0, moisture_seed: 0 };

    pub fn new(seed_low: u32, seed_high: u32, index: u32) -> World {
        let root = mix(fold_seed(seed_low, seed_high).wrapping_add(index));
        World { index, treasure_seed: mix(root ^ 0x7472), warmth_seed: mix(root ^ 0x7761), moisture_seed: mix(root ^ 0x6d6f) }
    }

    /// The number of the biome at a block.
    pub fn biome_number_at(&self, x: i32, z: i32) -> usize {
        let warmth = band_of(noise_at(self.warmth_seed, x, z));
        let moisture = band_of(noise_at(self.moisture_seed, x, z));
        self.index as usize * BIOMES_PER_WORLD + warmth * 3 + moisture
    }
}

fn band_of(noise: i64) -> usize {
    usize::from(noise >= LOWER_THIRD) + usize::from(noise >= UPPER_THIRD)
}
