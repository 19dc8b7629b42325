//! Integer hashing: the whole world is a function of (seed, place). All 32-bit, wrapping.

/// Scatters the bits of a 32-bit integer (the finaliser of MurmurHash3).
pub fn mix(value: u32) -> u32 {
    let h = (value ^ (value >> 16)).wrapping_mul(0x85eb_ca6b);
    let h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}

/// A hash of a place under a seed.
pub fn hash_place(seed: u32, x: i32, z: i32) -> u32 {
    let column = mix(seed ^ (x as u32).wrapping_mul(0x9e37_79b1));
    mix(column ^ (z as u32).wrapping_mul(0x7feb_352d))
}

/// The n-th independent draw from one hash.
pub fn draw(hash: u32, n: u32) -> u32 {
    mix(hash.wrapping_add((n + 1).wrapping_mul(0x9e37_79b1)))
}

/// Folds a seed of up to 53 bits into 32.
pub fn fold_seed(low: u32, high: u32) -> u32 {
    mix(low ^ mix(high))
}
