//! Bits that stand for bytes, 64 at a time (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019).
//!
//! In a list of texts without commas of their own, every comma stands between two quotes, and every quote but the first and the last
//! stands beside exactly one comma.

use crate::walk::{byte, look, LOOK_BYTES};
use core::arch::wasm32::{i8x16_bitmask, u8x16_eq, u8x16_le, u8x16_splat, v128, v128_any_true, v128_or};

pub const STRIDE: usize = 4 * LOOK_BYTES;

pub struct Marks {
    pub quotes: u64,
    pub commas: u64,
    /// Bytes that need an escape, or are one.
    pub odd: u64,
}

#[inline(always)]
pub fn marks_of(at: usize) -> Marks {
    let looks = [look(at), look(at + LOOK_BYTES), look(at + 2 * LOOK_BYTES), look(at + 3 * LOOK_BYTES)];
    let of = |letter: u8| bits(looks.map(|bytes| u8x16_eq(bytes, u8x16_splat(letter))));
    let odd = looks.map(is_odd);
    let some_odd = v128_any_true(v128_or(v128_or(odd[0], odd[1]), v128_or(odd[2], odd[3])));
    Marks { quotes: of(b'"'), commas: of(b','), odd: if some_odd { bits(odd) } else { 0 } }
}

#[inline(always)]
fn is_odd(bytes: v128) -> v128 {
    v128_or(u8x16_eq(bytes, u8x16_splat(b'\\')), u8x16_le(bytes, u8x16_splat(31)))
}

#[inline(always)]
fn bits(looks: [v128; 4]) -> u64 {
    let [a, b, c, d] = looks.map(|bytes| u64::from(i8x16_bitmask(bytes)));
    a | b << 16 | c << 32 | d << 48
}

/// How many texts there are, of a list that begins and ends there; none is not sure.
#[inline(always)]
pub fn texts_between(from: usize, end: usize) -> Option<u32> {
    // One byte alone would be the first quote and the last.
    if end < from + 2 || byte(from) != b'"' || byte(end - 1) != b'"' {
        return None;
    }
    let mut at = from;
    let mut count = 1;
    let mut first = 1;
    let mut comma_before = 0;
    while at < end {
        let left = end - at;
        let within = if left < STRIDE { (1 << left) - 1 } else { u64::MAX };
        let last = if left > STRIDE { 0 } else { 1 << (left - 1) };
        let marks = marks_of(at);
        let commas = marks.commas & within;
        let before = commas >> 1 | u64::from(byte(at + STRIDE) == b',') << 63;
        let after = commas << 1 | comma_before;
        let wrong = (marks.quotes ^ (before | after) ^ first ^ last | marks.odd) & within;
        if wrong | before & after != 0 {
            return None;
        }
        count += commas.count_ones();
        comma_before = commas >> 63;
        first = 0;
        at += STRIDE;
    }
    Some(count)
}

/// Where the next closing bracket is, or somewhere behind the end.
#[inline(always)]
pub fn list_end(from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to {
        let found = i8x16_bitmask(u8x16_eq(look(at), u8x16_splat(b']')));
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += LOOK_BYTES;
    }
    at
}
