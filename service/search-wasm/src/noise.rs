//! Integer value noise: four octaves, smoothstep between lattice points. Divisions round down.

use crate::hash::hash_place;

/// Edge of the lattice as a power of two, and how much the octave weighs.
const OCTAVES: [(u32, i64); 4] = [(10, 8), (9, 4), (8, 2), (7, 1)];
const WEIGHT_SUM: i64 = 15;

/// 0..65535.
pub fn noise_at(seed: u32, x: i32, z: i32) -> i64 {
    let weigh = |&(shift, weight): &(u32, i64)| weight * octave_at(seed.wrapping_add(shift), x, z, shift);
    OCTAVES.iter().map(weigh).sum::<i64>() / WEIGHT_SUM
}

fn octave_at(seed: u32, x: i32, z: i32, shift: u32) -> i64 {
    let (column, row) = (x >> shift, z >> shift);
    let mask = (1 << shift) - 1;
    let east = smoothstep(i64::from((x & mask) << (16 - shift)));
    let south = smoothstep(i64::from((z & mask) << (16 - shift)));
    let lattice = |column, row| i64::from(hash_place(seed, column, row) >> 16);
    let north = blend(lattice(column, row), lattice(column + 1, row), east);
    let below = blend(lattice(column, row + 1), lattice(column + 1, row + 1), east);
    blend(north, below, south)
}

/// 3t^2 - 2t^3 in 16-bit fixed point.
fn smoothstep(t: i64) -> i64 {
    (t * t * (196_608 - 2 * t)) >> 32
}

fn blend(from: i64, to: i64, share: i64) -> i64 {
    from + (((to - from) * share) >> 16)
}
