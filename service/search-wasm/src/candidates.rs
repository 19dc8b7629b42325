//! Every treasure that can be among the nearest of *some* position in a cell: what is worth caching, because everybody in the cell
//! shares it. Three letters each: the cell's offset from the area's on both axes, and the number within its cell.

use crate::geometry::{first_block_of, is_cell, visit_ring, CELL_BLOCKS};
use crate::query::{Query, LIMIT_MAX, RADIUS_MAX};
use crate::treasures::{rarity_rank_of, site_of, treasure_count, Site, TREASURES_PER_CELL_MAX};
use crate::world::World;
use crate::writer::Writer;

const RINGS_MAX: i32 = RADIUS_MAX / CELL_BLOCKS;
const CELLS_MAX: usize = ((2 * RINGS_MAX + 1) * (2 * RINGS_MAX + 1)) as usize;
const SEEN_MAX: usize = CELLS_MAX * TREASURES_PER_CELL_MAX;
const LETTERS: usize = 3;
/// Printable, so that a candidate list is text wherever it is kept.
const FIRST_LETTER: i32 = b'A' as i32;

#[derive(Clone, Copy)]
struct Seen {
    dx: i8,
    dz: i8,
    n: u8,
    nearest: i32,
}

/// Cells are visited ring by ring until no unvisited one can matter: a treasure is out when `limit` others are nearer from
/// everywhere in the cell.
pub fn find(world: &World, query: &Query, output: &mut [u8]) -> Option<usize> {
    let (cx, cz) = query.cell();
    let reach_squared = query.reach_blocks() * query.reach_blocks();
    let mut seen = [Seen { dx: 0, dz: 0, n: 0, nearest: 0 }; SEEN_MAX];
    let mut count = 0;
    let mut bound = FarthestOfNearest::new(query.limit);
    for ring in 0..=RINGS_MAX {
        let gap = if ring == 0 { 0 } else { (ring - 1) * CELL_BLOCKS + 1 };
        if gap * gap > reach_squared.min(bound.squared()) {
            break;
        }
        visit_ring(cx, cz, ring, |x, z| {
            for n in 0..treasure_count(world, x, z) {
                let site = site_of(world, x, z, n);
                let (nearest, farthest) = distances_from(cx, cz, &site);
                if nearest > reach_squared.min(bound.squared()) || !matches(world, query, &site) {
                    continue;
                }
                if let Some(place) = seen.get_mut(count) {
                    *place = Seen { dx: (x - cx) as i8, dz: (z - cz) as i8, n, nearest };
                    count += 1;
                }
                bound.add(farthest);
            }
        });
    }
    write_sorted(seen.get_mut(..count)?, bound.squared(), output)
}

/// In the order of the treasures' ids, which decides between equally near ones.
fn write_sorted(seen: &mut [Seen], bound: i32, output: &mut [u8]) -> Option<usize> {
    seen.sort_unstable_by_key(|site| (site.dx, site.dz, site.n));
    let mut out = Writer::new(output);
    for site in seen.iter().filter(|site| site.nearest <= bound) {
        let letter = |value: i32| (FIRST_LETTER + value) as u8;
        out.bytes(&[letter(RINGS_MAX + i32::from(site.dx)), letter(RINGS_MAX + i32::from(site.dz)), letter(i32::from(site.n))])?;
    }
    Some(out.length())
}

/// The sites that candidates stand for; `None` where they could not have been written by `find` for a cell.
/// A cache is somebody else's memory: what comes out of it is looked at before it reaches a player.
pub fn sites<'a>(world: &'a World, query: &Query, letters: &'a [u8]) -> impl Iterator<Item = Option<Site>> + 'a {
    let (cx, cz) = query.cell();
    letters.chunks(LETTERS).map(move |site| {
        let number = |at: usize| site.get(at).map(|&letter| i32::from(letter) - FIRST_LETTER);
        let (dx, dz, n) = (number(0)? - RINGS_MAX, number(1)? - RINGS_MAX, number(2)?);
        let is_near = dx.abs() <= RINGS_MAX && dz.abs() <= RINGS_MAX && is_cell(cx + dx) && is_cell(cz + dz);
        let exists = is_near && (0..i32::from(treasure_count(world, cx + dx, cz + dz))).contains(&n);
        exists.then(|| site_of(world, cx + dx, cz + dz, n as u8))
    })
}

/// Squared distances of a site from the nearest and the farthest block of a cell.
fn distances_from(cx: i32, cz: i32, site: &Site) -> (i32, i32) {
    let along = |first: i32, block: i32| {
        let last = first + CELL_BLOCKS - 1;
        (0.max(first - block).max(block - last), (block - first).abs().max((block - last).abs()))
    };
    let (near_x, far_x) = along(first_block_of(cx), site.x);
    let (near_z, far_z) = along(first_block_of(cz), site.z);
    (near_x * near_x + near_z * near_z, far_x * far_x + far_z * far_z)
}

fn matches(world: &World, query: &Query, site: &Site) -> bool {
    if !query.wants_some_biomes() && query.rarity_rank_min == 0 {
        return true;
    }
    let biome = world.biome_number_at(site.x, site.z);
    (!query.wants_some_biomes() || query.wants_biome(biome)) && rarity_rank_of(site, biome) >= query.rarity_rank_min
}

/// Keeps the `limit` smallest farthest-distances seen; the largest of them bounds whatever may still matter.
struct FarthestOfNearest {
    limit: usize,
    kept: [i32; LIMIT_MAX],
    count: usize,
}

impl FarthestOfNearest {
    fn new(limit: usize) -> FarthestOfNearest {
        FarthestOfNearest { limit: limit.min(LIMIT_MAX), kept: [i32::MAX; LIMIT_MAX], count: 0 }
    }

    fn squared(&self) -> i32 {
        if self.count < self.limit {
            i32::MAX
        } else {
            self.kept[self.limit - 1]
        }
    }

    fn add(&mut self, farthest: i32) {
        if farthest >= self.squared() {
            return;
        }
        self.count = (self.count + 1).min(self.limit);
        let mut at = self.count - 1;
        while at > 0 && self.kept[at - 1] > farthest {
            self.kept[at] = self.kept[at - 1];
            at -= 1;
        }
        self.kept[at] = farthest;
    }
}
