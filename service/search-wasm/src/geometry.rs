//! The world's measures in blocks; the grid of cells is the spatial index.

pub const BLOCKS_MIN: i32 = -32_000;
pub const BLOCKS_MAX: i32 = 31_999;
pub const DEPTH_MIN: i32 = -64;
pub const HEIGHT_MAX: i32 = 319;
pub const CELL_BLOCKS: i32 = 64;
pub const CELLS_PER_EDGE: i32 = 1_000;

pub fn cell_of(block: i32) -> i32 {
    (block - BLOCKS_MIN).div_euclid(CELL_BLOCKS)
}

pub fn first_block_of(cell: i32) -> i32 {
    BLOCKS_MIN + cell * CELL_BLOCKS
}

pub fn is_cell(cell: i32) -> bool {
    (0..CELLS_PER_EDGE).contains(&cell)
}

/// Visits the cells at Chebyshev distance `ring` around a cell that lie inside the world.
pub fn visit_ring(cx: i32, cz: i32, ring: i32, mut visit: impl FnMut(i32, i32)) {
    for dz in -ring..=ring {
        let step = if dz.abs() == ring { 1 } else { 2 * ring };
        let mut dx = -ring;
        while dx <= ring {
            if is_cell(cx + dx) && is_cell(cz + dz) {
                visit(cx + dx, cz + dz);
            }
            dx += step;
        }
    }
}
