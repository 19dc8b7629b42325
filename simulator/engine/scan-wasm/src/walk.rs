//! Steps over bytes. Each begins where the one before it ended, and is `None` where anything is unusual in any way.

use crate::marks::{list_end, texts_between};
use core::arch::wasm32::{i8x16_bitmask, i8x16_lt, i8x16_splat, u8x16_eq, u8x16_splat, v128, v128_load, v128_or};

const NAME_BYTES_MAX: usize = 200;
const DIGITS_MAX: usize = 15;
const POWERS_OF_TEN: [f64; DIGITS_MAX + 1] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
pub const LOOK_BYTES: usize = 16;

/// Where a walk is, and where the answer ends. A look may reach beyond the end; a step that ends there is refused.
pub struct Walk {
    pub at: usize,
    pub to: usize,
}

impl Walk {
    /// These bytes come next: four to 24.
    #[inline(always)]
    pub fn literal<const N: usize>(&mut self, text: &[u8; N]) -> Option<()> {
        self.skips(text).then_some(())
    }

    /// Goes on behind these bytes if they come next.
    #[inline(always)]
    pub fn skips<const N: usize>(&mut self, text: &[u8; N]) -> bool {
        let last = self.at + N;
        let is_there = last <= self.to
            && if N < 8 {
                load::<u32>(self.at) == four(text, 0) && load::<u32>(last - 4) == four(text, N - 4)
            } else {
                load::<u64>(self.at) == eight(text, 0)
                    && load::<u64>(last - 8) == eight(text, N - 8)
                    && (N <= 16 || load::<u64>(self.at + 8) == eight(text, 8))
            };
        if is_there {
            self.at = last;
        }
        is_there
    }

    /// These bytes, and nothing after them.
    #[inline(always)]
    pub fn ends<const N: usize>(&mut self, text: &[u8; N]) -> bool {
        self.skips(text) && self.at == self.to
    }

    /// Up to the closing quote of a name: ASCII only, not empty, at most 200 characters.
    #[inline(always)]
    pub fn name(&mut self) -> Option<()> {
        let from = self.at;
        while self.at < self.to {
            let bytes = look(self.at);
            let quotes_and_backslashes = v128_or(u8x16_eq(bytes, u8x16_splat(b'"')), u8x16_eq(bytes, u8x16_splat(b'\\')));
            // As signed numbers, whatever is no ASCII is less than a space, too.
            let odd = i8x16_bitmask(v128_or(quotes_and_backslashes, i8x16_lt(bytes, i8x16_splat(32))));
            if odd != 0 {
                self.at += odd.trailing_zeros() as usize;
                let length = self.at - from;
                return (self.at < self.to && byte(self.at) == b'"' && length > 0 && length <= NAME_BYTES_MAX).then_some(());
            }
            self.at += LOOK_BYTES;
        }
        None
    }

    /// A list of texts, up to its closing bracket. The opening one was read.
    #[inline(always)]
    pub fn texts(&mut self) -> Option<u32> {
        let end = list_end(self.at, self.to);
        if end >= self.to {
            return None;
        }
        let count = texts_between(self.at, end);
        self.at = end;
        count
    }

    /// At most fifteen digits without an exponent. The digits as one whole number and the power of ten are both exact, so that their
    /// quotient is the double that a parser finds.
    #[inline(always)]
    pub fn number(&mut self) -> Option<f64> {
        let is_negative = byte(self.at) == b'-';
        self.at += is_negative as usize;
        let from = self.at;
        let mut whole = self.digits(0)?;
        let mut value = whole as f64;
        let digits = self.at - from;
        if digits > 1 && byte(from) == b'0' {
            return None;
        }
        if byte(self.at) == b'.' {
            self.at += 1;
            let fraction_from = self.at;
            whole = self.digits(whole)?;
            let fraction = self.at - fraction_from;
            if digits + fraction > DIGITS_MAX {
                return None;
            }
            value = whole as f64 / POWERS_OF_TEN.get(fraction)?;
        }
        (self.at <= self.to).then_some(if is_negative { -value } else { value })
    }

    /// One to fifteen. They may go on behind the answer's end, then the number is refused, but not behind the buffer's: no digit is there.
    #[inline(always)]
    fn digits(&mut self, so_far: u64) -> Option<u64> {
        let from = self.at;
        let mut whole = so_far;
        let mut digit = byte(self.at).wrapping_sub(b'0');
        while digit <= 9 {
            whole = whole.wrapping_mul(10).wrapping_add(u64::from(digit));
            self.at += 1;
            digit = byte(self.at).wrapping_sub(b'0');
        }
        let count = self.at - from;
        (count > 0 && count <= DIGITS_MAX).then_some(whole)
    }
}

#[inline(always)]
pub fn look(at: usize) -> v128 {
    unsafe { v128_load(at as *const v128) }
}

#[inline(always)]
pub fn byte(at: usize) -> u8 {
    load(at)
}

#[inline(always)]
fn load<T: Copy>(at: usize) -> T {
    unsafe { (at as *const T).read_unaligned() }
}

const fn four(text: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([text[at], text[at + 1], text[at + 2], text[at + 3]])
}

const fn eight(text: &[u8], at: usize) -> u64 {
    four(text, at) as u64 | (four(text, at + 4) as u64) << 32
}
