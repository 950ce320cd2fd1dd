//! What Unicode says about a character, as Python's predicates ask it.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// White space: the bidirectional types WS, B and S, and the category Zs.
pub fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\x1c'..='\x1f' | ' ') || !c.is_ascii() && c.is_whitespace()
}

/// Where `splitlines` ends a line, apart from `\r\n`.
pub fn is_line_end(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether `repr` shows the character as it is.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    !matches!(c.general_category_group(), GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator)
}

/// Whether it is a letter.
pub fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.general_category_group() == GeneralCategoryGroup::Letter }
}

/// The value of a decimal digit.
pub fn decimal_value(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).map(|digit| digit as u8);
    }
    let is_decimal =
        |code: u32| char::from_u32(code).is_some_and(|c| c.general_category() == GeneralCategory::DecimalNumber);
    let code = u32::from(c);
    if !is_decimal(code) {
        return None;
    }
    // Digits come in runs of ten, which begin at a multiple of 16, or 6 beyond one; but for these.
    let first = match code {
        0x1d7ce..=0x1d7ff => 0x1d7ce,
        0x116da..=0x116e3 => 0x116da,
        0x1e5f1..=0x1e5fa => 0x1e5f1,
        _ if is_decimal(code & !0xf) => code & !0xf,
        _ => (code & !0xf) + 6,
    };
    Some(((code - first) % 10) as u8)
}

/// Whether it is a decimal digit or another sign for one digit, such as `²` or `①`.
pub fn is_digit(c: char) -> bool {
    decimal_value(c).is_some()
        || matches!(u32::from(c),
            0xb2 | 0xb3 | 0xb9 | 0x1369..=0x1371 | 0x19da | 0x2070 | 0x2074..=0x2079 | 0x2080..=0x2089
            | 0x2460..=0x2468 | 0x2474..=0x247c | 0x2488..=0x2490 | 0x24ea | 0x24f5..=0x24fd | 0x24ff
            | 0x2776..=0x277e | 0x2780..=0x2788 | 0x278a..=0x2792 | 0x10a40..=0x10a43 | 0x10e60..=0x10e68
            | 0x11052..=0x1105a | 0x1f100..=0x1f10a)
}

/// Ideographs that stand for numbers.
const NUMBER_IDEOGRAPHS: &str = "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌\
    柒漆玖百肆萬貮貳贰阡陆陌陸零〇";

/// Whether it has a numeric value.
pub fn is_numeric(c: char) -> bool {
    match c.general_category_group() {
        GeneralCategoryGroup::Number => true,
        GeneralCategoryGroup::Letter => NUMBER_IDEOGRAPHS.contains(c),
        _ => false,
    }
}

/// The titlecase form: uppercase, except where several letters share a character.
pub fn push_title(text: &mut String, c: char) {
    match c {
        'Ǆ' | 'ǅ' | 'ǆ' => return text.push('ǅ'),
        'Ǉ' | 'ǈ' | 'ǉ' => return text.push('ǈ'),
        'Ǌ' | 'ǋ' | 'ǌ' => return text.push('ǋ'),
        'Ǳ' | 'ǲ' | 'ǳ' => return text.push('ǲ'),
        // Georgian has no titlecase of its own, and these Greek letters carry their iota along.
        '\u{10d0}'..='\u{10ff}' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}' => {
            return text.push(c);
        }
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => {
            return text.extend(char::from_u32(u32::from(c) + 8));
        }
        'ᾳ' | 'ῃ' | 'ῳ' => return text.extend(char::from_u32(u32::from(c) + 9)),
        'ᾼ' | 'ῌ' | 'ῼ' => return text.push(c),
        _ => {}
    }
    let mut upper = c.to_uppercase();
    text.extend(upper.next());
    text.extend(upper.flat_map(char::to_lowercase));
}

/// Whether it is uppercase (or titlecase) or lowercase; `None` if it has no case.
pub fn case(c: char) -> Option<Case> {
    if c.is_lowercase() {
        Some(Case::Lower)
    } else if c.is_uppercase() {
        Some(Case::Upper)
    } else if c.general_category() == GeneralCategory::TitlecaseLetter {
        Some(Case::Title)
    } else {
        None
    }
}

/// A character's case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Lowercase.
    Lower,
    /// Uppercase.
    Upper,
    /// A digraph of which the first letter is uppercase.
    Title,
}

/// Appends the folded form, by which caseless comparison goes.
pub fn push_folded(text: &mut String, c: char) {
    match c {
        // Dotless i folds to itself, and Cherokee folds to its older, uppercase letters.
        'ı' | '\u{13a0}'..='\u{13f5}' => text.push(c),
        '\u{13f8}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}' => text.extend(c.to_uppercase()),
        _ => text.extend(c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_all_scripts() {
        for (c, value) in [('7', 7), ('٣', 3), ('९', 9), ('๕', 5), ('９', 9), ('𝟘', 0), ('𝟿', 9)] {
            assert_eq!(decimal_value(c), Some(value), "{c}");
        }
        assert!(decimal_value('²').is_none() && is_digit('²') && is_numeric('½') && !is_digit('½') && is_numeric('五'));
    }

    #[test]
    fn folding_and_titles() {
        let fold = |text: &str| {
            let mut folded = String::new();
            text.chars().for_each(|c| push_folded(&mut folded, c));
            folded
        };
        assert_eq!(fold("Straße ẞ ΣΑΣ ﬁ ı İ"), "strasse ss σασ fi ı i\u{307}");
        let mut title = String::new();
        for c in ['ß', 'ǆ', 'ﬁ', 'ა', 'é'] {
            push_title(&mut title, c);
        }
        assert_eq!(title, "SsǅFiაÉ");
    }

    #[test]
    fn spaces_and_controls() {
        assert!(is_space('\u{a0}') && is_space('\x1c') && is_space('\u{85}') && !is_space('\u{200b}'));
        assert!(!is_printable('\u{a0}') && !is_printable('\u{200b}') && is_printable('é') && !is_printable('\u{ad}'));
    }
}
