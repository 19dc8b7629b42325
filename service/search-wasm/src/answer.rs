//! The nearest among candidates, nearest first, as the JSON that a player gets.

use crate::candidates::sites;
use crate::geometry::DEPTH_MIN;
use crate::hash::draw;
use crate::loot::write_loot;
use crate::query::{Query, LIMIT_MAX};
use crate::treasures::{rarity_rank_of, Site, RARITIES};
use crate::world::World;
use crate::worlds::MATERIALS;
use crate::writer::Writer;

/// `None` where the candidates are not credible.
pub fn write(world: &World, query: &Query, candidates: &[u8], output: &mut [u8]) -> Option<usize> {
    let mut nearest = Nearest { kept: [None; LIMIT_MAX], limit: query.limit.min(LIMIT_MAX) };
    for site in sites(world, query, candidates) {
        let site = site?;
        let (dx, dz) = (site.x - query.x, site.z - query.z);
        let squared = dx * dx + dz * dz;
        if squared <= query.radius * query.radius {
            nearest.add(Found { site, squared });
        }
    }
    let mut out = Writer::new(output);
    out.text("{\"treasures\":[")?;
    for (place, found) in nearest.kept.iter().flatten().enumerate() {
        out.text(if place == 0 { "{" } else { ",{" })?;
        write_treasure(&mut out, world, found)?;
    }
    out.text("]}")?;
    Some(out.length())
}

#[derive(Clone, Copy)]
struct Found {
    site: Site,
    squared: i32,
}

/// Equally near ones stay in the order in which they came.
struct Nearest {
    kept: [Option<Found>; LIMIT_MAX],
    limit: usize,
}

impl Nearest {
    fn add(&mut self, found: Found) {
        let kept = &mut self.kept[..self.limit];
        let is_farther = |place: &Option<Found>| place.map_or(true, |kept| kept.squared > found.squared);
        if let Some(first) = kept.iter().position(is_farther) {
            kept[first..].rotate_right(1);
            kept[first] = Some(found);
        }
    }
}

fn write_treasure(out: &mut Writer, world: &World, found: &Found) -> Option<()> {
    let Found { site, squared } = found;
    let biome = world.biome_number_at(site.x, site.z);
    let rank = rarity_rank_of(site, biome);
    out.text("\"id\":\"t-")?;
    out.number(world.index as i32)?;
    for part in [site.cx, site.cz, i32::from(site.n)] {
        out.text("-")?;
        out.number(part)?;
    }
    out.text("\",\"position\":{\"x\":")?;
    out.number(site.x)?;
    out.text(",\"y\":")?;
    out.number(DEPTH_MIN + (draw(site.hash, 3) % 192) as i32)?;
    out.text(",\"z\":")?;
    out.number(site.z)?;
    out.text("},\"rarity\":\"")?;
    out.text(RARITIES[rank])?;
    out.text("\",\"distance\":")?;
    out.number(square_root(*squared))?;
    out.text(",\"loot\":")?;
    write_loot(out, MATERIALS[biome], rank, site.hash)?;
    out.text("}")
}

/// Rounded down.
fn square_root(squared: i32) -> i32 {
    let mut root = 0;
    let mut bit = 1 << 9;
    while bit > 0 {
        let next = root + bit;
        if next * next <= squared {
            root = next;
        }
        bit >>= 1;
    }
    root
}
