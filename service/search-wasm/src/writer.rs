//! Appends to a slice; `None` once it is full.

pub struct Writer<'a> {
    room: &'a mut [u8],
    length: usize,
}

impl<'a> Writer<'a> {
    pub fn new(room: &'a mut [u8]) -> Writer<'a> {
        Writer { room, length: 0 }
    }

    pub fn length(&self) -> usize {
        self.length
    }

    pub fn bytes(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.length + bytes.len();
        self.room.get_mut(self.length..end)?.copy_from_slice(bytes);
        self.length = end;
        Some(())
    }

    pub fn text(&mut self, text: &str) -> Option<()> {
        self.bytes(text.as_bytes())
    }

    /// A whole number in decimal digits.
    pub fn number(&mut self, value: i32) -> Option<()> {
        if value < 0 {
            self.text("-")?;
        }
        let mut digits = [0; 10];
        let mut first = digits.len();
        let mut rest = value.unsigned_abs();
        loop {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                return self.bytes(&digits[first..]);
            }
        }
    }
}
