//! Eight bytes at a time in one 64-bit word.

/// The bit that tells lower from upper case, in each byte.
pub const LOWER_CASE: u64 = 0x2020_2020_2020_2020;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many bytes at the low end are ASCII letters; all bytes must have [`LOWER_CASE`] set.
#[inline]
pub fn leading_letters(lower: u64) -> usize {
    let low = lower & !HIGH;
    let from_a = low.wrapping_add(0x1F1F_1F1F_1F1F_1F1F); // sets the high bit from `a` on
    let past_z = low.wrapping_add(0x0505_0505_0505_0505); // sets the high bit after `z`
    let others = !(from_a & !past_z & !lower) & HIGH;
    others.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_up_to_the_first_other_byte() {
        for byte in 0..=255u8 {
            for at in 0..8 {
                let mut bytes = *b"aZqXbYcW";
                bytes[at] = byte;
                let lower = u64::from_le_bytes(bytes) | LOWER_CASE;
                let expected = if (byte | 0x20).is_ascii_lowercase() && byte < 0x80 { 8 } else { at };
                assert_eq!(leading_letters(lower), expected, "{byte:#x} at {at}");
            }
        }
    }
}
