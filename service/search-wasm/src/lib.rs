//! The treasure search of the service, as WebAssembly.
//!
//! A host writes bytes onto the desk, calls, and reads bytes from the desk. Nothing is ever allocated, so nothing can leak, and
//! whatever a host writes, every call returns: what does not make sense is answered with `DECLINED`.
//!
//! ```text
//!   body  --read_search-->  query  --find_candidates-->  candidates (to be cached)  --answer-->  JSON
//! ```
#![cfg_attr(target_arch = "wasm32", no_std)]

mod answer;
mod candidates;
mod geometry;
mod hash;
mod loot;
mod noise;
mod query;
mod request;
mod scanner;
mod treasures;
mod world;
mod worlds;
mod writer;

use core::ptr::addr_of_mut;
use query::{Query, QUERY_WORDS};
use world::World;
use worlds::WORLD_COUNT;

/// What a call says when it has no answer; the host then asks somebody who can explain.
const DECLINED: i32 = -1;
const INPUT_BYTES: usize = 64 * 1024;
const OUTPUT_BYTES: usize = 64 * 1024;

/// Everything that host and search share. The host finds the parts by their addresses.
struct Desk {
    input: [u8; INPUT_BYTES],
    output: [u8; OUTPUT_BYTES],
    query: [i32; QUERY_WORDS],
    worlds: [World; WORLD_COUNT],
}

static mut DESK: Desk =
    Desk { input: [0; INPUT_BYTES], output: [0; OUTPUT_BYTES], query: [0; QUERY_WORDS], worlds: [World::NOWHERE; WORLD_COUNT] };

/// A WebAssembly instance has one thread, and no call is made from within another: the desk is never borrowed twice.
fn desk() -> &'static mut Desk {
    unsafe { &mut *addr_of_mut!(DESK) }
}

#[no_mangle]
pub extern "C" fn input_address() -> *mut u8 {
    desk().input.as_mut_ptr()
}

#[no_mangle]
pub extern "C" fn input_bytes() -> usize {
    INPUT_BYTES
}

#[no_mangle]
pub extern "C" fn output_address() -> *mut u8 {
    desk().output.as_mut_ptr()
}

#[no_mangle]
pub extern "C" fn query_address() -> *mut i32 {
    desk().query.as_mut_ptr()
}

/// Makes the worlds of a seed of up to 53 bits.
#[no_mangle]
pub extern "C" fn configure(seed_low: u32, seed_high: u32) {
    for (index, world) in desk().worlds.iter_mut().enumerate() {
        *world = World::new(seed_low, seed_high, index as u32);
    }
}

/// Reads the body of a search, `length` bytes of the input, into the query. Returns 0, or `DECLINED` for what is not the plain form of a
/// good request; the query is then not changed.
#[no_mangle]
pub extern "C" fn read_search(length: usize) -> i32 {
    let desk = desk();
    match desk.input.get(..length).and_then(request::read) {
        Some(words) => {
            desk.query = words;
            0
        }
        None => DECLINED,
    }
}

/// Writes the candidates of the query's area to the output; returns their length in bytes.
#[no_mangle]
pub extern "C" fn find_candidates() -> i32 {
    let desk = desk();
    match Query::from_words(&desk.query) {
        Some(query) => written(candidates::find(&desk.worlds[query.world], &query, &mut desk.output)),
        None => DECLINED,
    }
}

/// Answers the query from candidates, `length` bytes of the input, as JSON in the output; returns its length in bytes.
#[no_mangle]
pub extern "C" fn answer(length: usize) -> i32 {
    let desk = desk();
    match (Query::from_words(&desk.query), desk.input.get(..length)) {
        (Some(query), Some(candidates)) => written(answer::write(&desk.worlds[query.world], &query, candidates, &mut desk.output)),
        _ => DECLINED,
    }
}

fn written(length: Option<usize>) -> i32 {
    length.map_or(DECLINED, |bytes| bytes as i32)
}

/// Nothing here panics; where the compiler cannot see that, the instance stops and the host makes a new one.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
