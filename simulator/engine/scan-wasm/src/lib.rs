//! The scan of answers, as WebAssembly: walks over JSON that looks as expected, in the memory into which it was read.
//!
//! A host names the first byte of a body and the one behind its last, and is told how many treasures, spawns or tiles there are, or
//! `UNSURE`: then somebody has to parse. What else it wants to know stands in `Found`. Nothing is allocated, and whatever a host
//! says and whatever was read, every call returns. What is read is what `simulator/players/scan.ts` reads; tests hold one to the other.
#![cfg_attr(target_arch = "wasm32", no_std)]

mod map;
mod marks;
mod spawns;
mod treasures;
mod walk;

use core::ptr::{addr_of, addr_of_mut};
use walk::Walk;

const UNSURE: i32 = -1;
/// Where the host reads into: the second of the memory's three pages. The third is there to be looked at only, by the wide looks.
const READ_FROM: usize = 65_536;
const READ_TO: usize = 131_072;

/// What there is to know of an answer, besides how many. The host finds it by its address.
#[repr(C)]
pub struct Found {
    /// Of the nearest treasure, or of a map: its x, its size, its z.
    x: f64,
    y: f64,
    z: f64,
    /// Where a name lies: of the nearest treasure, of the treasure that spawns guard, of a map's world.
    name_from: u32,
    name_to: u32,
}

static mut FOUND: Found = Found { x: 0.0, y: 0.0, z: 0.0, name_from: 0, name_to: 0 };

#[no_mangle]
pub extern "C" fn found_address() -> *const Found {
    unsafe { addr_of!(FOUND) }
}

#[no_mangle]
pub extern "C" fn scan_treasures(from: usize, to: usize) -> i32 {
    scanned(from, to, treasures::scan)
}

#[no_mangle]
pub extern "C" fn scan_spawns(from: usize, to: usize) -> i32 {
    scanned(from, to, spawns::scan)
}

#[no_mangle]
pub extern "C" fn scan_map(from: usize, to: usize) -> i32 {
    scanned(from, to, map::scan)
}

/// A WebAssembly instance has one thread, and no call is made from within another: what was found is never borrowed twice.
#[inline(always)]
fn scanned(from: usize, to: usize, scan: impl FnOnce(&mut Walk, &mut Found) -> Option<u32>) -> i32 {
    if from < READ_FROM || from > to || to > READ_TO {
        return UNSURE;
    }
    let found = unsafe { &mut *addr_of_mut!(FOUND) };
    scan(&mut Walk { at: from, to }, found).map_or(UNSURE, |count| count as i32)
}

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
