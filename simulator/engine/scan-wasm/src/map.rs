//! A map and its tiles. Whether it is the place that was asked for, the host finds out.

use crate::marks::texts_between;
use crate::walk::{byte, Walk};
use crate::Found;

pub fn scan(walk: &mut Walk, found: &mut Found) -> Option<u32> {
    walk.literal(b"{\"world\":\"")?;
    found.name_from = walk.at as u32;
    walk.name()?;
    found.name_to = walk.at as u32;
    walk.literal(b"\",\"x\":")?;
    found.x = walk.number()?;
    walk.literal(b",\"z\":")?;
    found.z = walk.number()?;
    walk.literal(b",\"size\":")?;
    found.y = walk.number()?;
    walk.literal(b",\"tiles\":[")?;
    tiles(walk.at, walk.to)
}

/// Up to the answer's end.
#[inline(always)]
fn tiles(from: usize, to: usize) -> Option<u32> {
    if from + 2 > to || byte(to - 2) != b']' || byte(to - 1) != b'}' {
        return None;
    }
    texts_between(from, to - 2)
}
