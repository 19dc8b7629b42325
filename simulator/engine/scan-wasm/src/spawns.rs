//! The spawns of a treasure. Whether it is the treasure that was asked for, the host finds out by its name.

use crate::treasures::position;
use crate::walk::Walk;
use crate::Found;

pub fn scan(walk: &mut Walk, found: &mut Found) -> Option<u32> {
    let mut count = 0;
    walk.literal(b"{\"treasureId\":\"")?;
    found.name_from = walk.at as u32;
    walk.name()?;
    found.name_to = walk.at as u32;
    walk.literal(b"\",\"spawns\":[{\"id\":\"")?;
    loop {
        walk.name()?;
        walk.literal(b"\",\"kind\":\"")?;
        walk.name()?;
        position(walk)?;
        count += 1;
        if !walk.skips(b"}},{\"id\":\"") {
            return walk.ends(b"}}]}").then_some(count);
        }
    }
}
