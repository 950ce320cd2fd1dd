//! Syllables of Hangul, which lie in the order of the letters that they are made of.

const SYLLABLES: u32 = 0xac00;
const LEADING: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
const TRAILING: u32 = 0x11a7;
const VOWEL_COUNT: u32 = 21;
const TRAILING_COUNT: u32 = 28;
const COUNT: u32 = 19 * VOWEL_COUNT * TRAILING_COUNT;

/// The number of a syllable.
fn number(c: char) -> Option<u32> {
    u32::from(c).checked_sub(SYLLABLES).filter(|number| *number < COUNT)
}

/// The letters of a syllable.
pub fn apart(c: char) -> Option<[Option<char>; 3]> {
    let number = number(c)?;
    let trailing = number % TRAILING_COUNT;
    let vowel = number / TRAILING_COUNT % VOWEL_COUNT;
    let leading = number / TRAILING_COUNT / VOWEL_COUNT;
    let trailing = if trailing == 0 { None } else { char::from_u32(TRAILING + trailing) };
    Some([char::from_u32(LEADING + leading), char::from_u32(VOWELS + vowel), trailing])
}

/// The syllable that two parts make.
pub fn together(first: char, second: char) -> Option<char> {
    let (first, second) = (u32::from(first), u32::from(second));
    let leading = first.checked_sub(LEADING).filter(|leading| *leading < 19);
    let vowel = second.checked_sub(VOWELS).filter(|vowel| *vowel < VOWEL_COUNT);
    if let (Some(leading), Some(vowel)) = (leading, vowel) {
        return char::from_u32(SYLLABLES + (leading * VOWEL_COUNT + vowel) * TRAILING_COUNT);
    }
    let syllable = first.checked_sub(SYLLABLES).filter(|number| *number < COUNT && number % TRAILING_COUNT == 0)?;
    let trailing = second.checked_sub(TRAILING).filter(|trailing| (1..TRAILING_COUNT).contains(trailing))?;
    char::from_u32(SYLLABLES + syllable + trailing)
}
