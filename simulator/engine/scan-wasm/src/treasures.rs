//! The answer to a search: treasures, nearest first.

use crate::walk::Walk;
use crate::Found;

pub fn scan(walk: &mut Walk, found: &mut Found) -> Option<u32> {
    let mut count = 0;
    let mut distance_so_far = 0.0;
    walk.literal(b"{\"treasures\":[{\"id\":\"")?;
    loop {
        let id = walk.at;
        walk.name()?;
        let id_end = walk.at;
        let (x, y, z) = position(walk)?;
        if count == 0 {
            *found = Found { x, y, z, name_from: id as u32, name_to: id_end as u32 };
        }
        walk.literal(b"},\"rarity\":\"")?;
        walk.name()?;
        walk.literal(b"\",\"distance\":")?;
        let distance = walk.number()?;
        walk.literal(b",\"loot\":[")?;
        walk.texts()?;
        if distance < distance_so_far {
            return None;
        }
        distance_so_far = distance;
        count += 1;
        if !walk.skips(b"]},{\"id\":\"") {
            return walk.ends(b"]}]}").then_some(count);
        }
    }
}

/// From the end of the name before it; without its closing brace.
#[inline(always)]
pub fn position(walk: &mut Walk) -> Option<(f64, f64, f64)> {
    walk.literal(b"\",\"position\":{\"x\":")?;
    let x = walk.number()?;
    walk.literal(b",\"y\":")?;
    let y = walk.number()?;
    walk.literal(b",\"z\":")?;
    let z = walk.number()?;
    Some((x, y, z))
}
