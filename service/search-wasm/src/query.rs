//! What is looked for, as words that a host may keep and give back.

use crate::geometry::{cell_of, BLOCKS_MAX, BLOCKS_MIN, CELL_BLOCKS};
use crate::treasures::RARITIES;
use crate::worlds::{BIOME_COUNT, WORLD_COUNT};

/// world, x, z, radius, least rank of rarity, limit, biomes (a bit each, `ANY_BIOME` for all), and where the ids of the request and of
/// its session stand in the body: first byte and length of each.
pub const QUERY_WORDS: usize = 11;
pub const ANY_BIOME: i32 = -1;
pub const RADIUS_MAX: i32 = 512;
pub const LIMIT_MAX: usize = 20;

pub struct Query {
    pub world: usize,
    pub x: i32,
    pub z: i32,
    pub radius: i32,
    pub rarity_rank_min: usize,
    pub limit: usize,
    biomes: i32,
}

impl Query {
    /// Words come from outside: `None` unless each makes sense.
    pub fn from_words(words: &[i32; QUERY_WORDS]) -> Option<Query> {
        let [world, x, z, radius, rarity_rank_min, limit, biomes, ..] = *words;
        let makes_sense = (0..WORLD_COUNT as i32).contains(&world)
            && (BLOCKS_MIN..=BLOCKS_MAX).contains(&x)
            && (BLOCKS_MIN..=BLOCKS_MAX).contains(&z)
            && (1..=RADIUS_MAX).contains(&radius)
            && (0..RARITIES.len() as i32).contains(&rarity_rank_min)
            && (1..=LIMIT_MAX as i32).contains(&limit)
            && (biomes == ANY_BIOME || (0..1 << BIOME_COUNT).contains(&biomes));
        makes_sense.then_some(Query {
            world: world as usize,
            x,
            z,
            radius,
            rarity_rank_min: rarity_rank_min as usize,
            limit: limit as usize,
            biomes,
        })
    }

    pub fn cell(&self) -> (i32, i32) {
        (cell_of(self.x), cell_of(self.z))
    }

    /// The radius, rounded up to whole cells: what everybody in the cell who looks about equally far shares.
    pub fn reach_blocks(&self) -> i32 {
        (self.radius + CELL_BLOCKS - 1) / CELL_BLOCKS * CELL_BLOCKS
    }

    pub fn wants_some_biomes(&self) -> bool {
        self.biomes != ANY_BIOME
    }

    pub fn wants_biome(&self, number: usize) -> bool {
        self.biomes & (1 << number) != 0
    }
}
