//! Where treasures lie and how rare they are.

use crate::geometry::{first_block_of, CELL_BLOCKS};
use crate::hash::{draw, hash_place};
use crate::world::World;
use crate::worlds::richness_of;

pub const RARITIES: [&str; 5] = ["common", "uncommon", "rare", "epic", "legendary"];
const RARE_RANK: usize = 2;

/// How many treasures a cell holds, by the two lowest bits of its hash.
const COUNT_BY_BITS: [u8; 4] = [1, 2, 2, 3];
pub const TREASURES_PER_CELL_MAX: usize = 3;

/// Rarity out of 1,000 by richness of the biome.
const RARITY_PER_MILLE: [[u32; 5]; 3] = [[620, 250, 95, 28, 7], [540, 280, 125, 43, 12], [450, 300, 165, 65, 20]];

/// The first treasure keeps this far off its cell's border.
const MARGIN_BLOCKS: i32 = 12;

/// Where a treasure lies, before anything else about it is worked out.
#[derive(Clone, Copy)]
pub struct Site {
    pub cx: i32,
    pub cz: i32,
    pub n: u8,
    pub hash: u32,
    pub x: i32,
    pub z: i32,
}

pub fn treasure_count(world: &World, cx: i32, cz: i32) -> u8 {
    COUNT_BY_BITS[(hash_place(world.treasure_seed, cx, cz) & 3) as usize]
}

/// The n-th treasure's site of a cell; n below `treasure_count`.
pub fn site_of(world: &World, cx: i32, cz: i32, n: u8) -> Site {
    let hash = draw(hash_place(world.treasure_seed, cx, cz), u32::from(n));
    let margin = if n == 0 { MARGIN_BLOCKS } else { 0 };
    let span = (CELL_BLOCKS - 2 * margin) as u32;
    let x = first_block_of(cx) + margin + (draw(hash, 0) % span) as i32;
    let z = first_block_of(cz) + margin + (draw(hash, 1) % span) as i32;
    Site { cx, cz, n, hash, x, z }
}

/// 0 common .. 4 legendary. Every second cell, as on a chessboard, has a first treasure that is rare at least.
pub fn rarity_rank_of(site: &Site, biome: usize) -> usize {
    let rank = drawn_rank(&RARITY_PER_MILLE[richness_of(biome)], draw(site.hash, 2) % 1_000);
    let promised = site.n == 0 && (site.cx + site.cz) % 2 == 0;
    if promised {
        rank.max(RARE_RANK)
    } else {
        rank
    }
}

fn drawn_rank(per_mille: &[u32; 5], drawn: u32) -> usize {
    let mut sum = 0;
    let below = |share: &u32| {
        sum += share;
        drawn < sum
    };
    per_mille.iter().position(below).unwrap_or(0)
}
