//! Reads JSON in place, a strict part of it: whatever could mean something else to another reader is `None`, and somebody else's to judge.

/// Deeper nesting is nobody's request.
const DEPTH_MAX: u32 = 32;
/// More digits than any number here may have.
const DIGITS_MAX: usize = 9;
/// A fraction that is so close to a whole number could be rounded to it when it is read as a double: blocks have at most 5 digits,
/// so that doubles are less than 4e-12 apart.
const SAFE_DIGITS: usize = 11;

pub struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

/// A string as it stands in the text, without its quotes.
pub struct Word<'a> {
    pub text: &'a [u8],
    pub first: usize,
    has_escapes: bool,
}

impl<'a> Word<'a> {
    /// The string's own text, which is known only where nothing is escaped.
    pub fn plain(self) -> Option<Word<'a>> {
        (!self.has_escapes).then_some(self)
    }

    /// Code points: bytes that do not continue another.
    pub fn characters(&self) -> usize {
        self.text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
    }
}

/// A number that lies between its whole part and the next one up; `is_whole` when it is the whole part itself.
pub struct Number {
    pub floor: i32,
    pub is_whole: bool,
}

impl<'a> Scanner<'a> {
    /// `None` for what is no UTF-8.
    pub fn new(text: &'a [u8]) -> Option<Scanner<'a>> {
        core::str::from_utf8(text).ok().map(|_| Scanner { text, at: 0 })
    }

    pub fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.at == self.text.len()
    }

    /// Reads `{...}` whose keys matter; `member` is called with each and reads its value.
    pub fn object(&mut self, mut member: impl FnMut(&mut Self, &[u8]) -> Option<()>) -> Option<()> {
        self.members(|scanner, key| member(scanner, key.plain()?.text))
    }

    fn members(&mut self, mut member: impl FnMut(&mut Self, Word) -> Option<()>) -> Option<()> {
        self.list(b'{', b'}', |scanner| {
            let key = scanner.word()?;
            scanner.expect(b':')?;
            member(scanner, key)
        })
    }

    /// Reads `[...]`; `item` reads each of its values.
    pub fn array(&mut self, item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.list(b'[', b']', item)
    }

    fn list(&mut self, open: u8, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect(open)?;
        if self.peek()? == close {
            return self.expect(close);
        }
        loop {
            item(self)?;
            if self.peek()? == close {
                return self.expect(close);
            }
            self.expect(b',')?;
        }
    }

    /// Reads whatever comes and forgets it.
    pub fn skip(&mut self, depth: u32) -> Option<()> {
        if depth > DEPTH_MAX {
            return None;
        }
        match self.peek()? {
            b'{' => self.members(|scanner, _| scanner.skip(depth + 1)),
            b'[' => self.array(|scanner| scanner.skip(depth + 1)),
            b'"' => self.word().map(|_| ()),
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            b'n' => self.literal(b"null"),
            _ => self.skip_number(),
        }
    }

    pub fn word(&mut self) -> Option<Word<'a>> {
        self.expect(b'"')?;
        let first = self.at;
        let mut has_escapes = false;
        loop {
            match self.next()? {
                b'"' => return Some(Word { text: &self.text[first..self.at - 1], first, has_escapes }),
                b'\\' => {
                    has_escapes = true;
                    self.skip_escape()?;
                }
                0..=0x1f => return None,
                _ => {}
            }
        }
    }

    fn skip_escape(&mut self) -> Option<()> {
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => (0..4).try_for_each(|_| self.next().filter(u8::is_ascii_hexdigit).map(|_| ())),
            _ => None,
        }
    }

    /// A number in plain decimals; without an exponent, and not so close to a whole number that reading it as a double could change its side.
    pub fn number(&mut self) -> Option<Number> {
        self.skip_space();
        let is_negative = self.take(b'-');
        let digits = self.whole_digits().filter(|digits| digits.len() <= DIGITS_MAX)?;
        let whole = digits.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'));
        let fraction = if self.take(b'.') { self.digits()? } else { &[] };
        if matches!(self.text.get(self.at), Some(b'e' | b'E')) {
            return None;
        }
        let is_whole = fraction.iter().all(|&digit| digit == b'0');
        let is_close_to = |digit: u8| fraction.len() >= SAFE_DIGITS && fraction.iter().take(SAFE_DIGITS).all(|&here| here == digit);
        if !is_whole && (is_close_to(b'0') || is_close_to(b'9')) {
            return None;
        }
        let floor = if is_negative { -whole - i32::from(!is_whole) } else { whole };
        Some(Number { floor, is_whole })
    }

    fn skip_number(&mut self) -> Option<()> {
        self.take(b'-');
        self.whole_digits()?;
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Some(())
    }

    /// Digits without a leading zero.
    fn whole_digits(&mut self) -> Option<&'a [u8]> {
        self.digits().filter(|digits| digits.len() == 1 || digits[0] != b'0')
    }

    /// One digit at least.
    fn digits(&mut self) -> Option<&'a [u8]> {
        let rest = &self.text[self.at..];
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        (count > 0).then_some(&rest[..count])
    }

    fn literal(&mut self, word: &[u8]) -> Option<()> {
        let found = self.text[self.at..].starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found.then_some(())
    }

    fn skip_space(&mut self) {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next byte that is no space, which stays where it is.
    fn peek(&mut self) -> Option<u8> {
        self.skip_space();
        self.text.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.skip_space();
        self.take(byte).then_some(())
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }
}
