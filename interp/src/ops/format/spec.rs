//! The format-spec mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`.

use crate::ctx::{Ctx, Raised, Res};
use crate::memory;

/// Where the padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Behind the text.
    Left,
    /// Before the text.
    Right,
    /// On both sides.
    Center,
    /// Between the sign and the digits.
    AfterSign,
}

/// How numbers that are not negative are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// With a plus sign.
    Plus,
    /// With a space.
    Space,
    /// Not at all, which was asked for.
    Minus,
}

/// A format specification, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// What the padding is made of.
    pub fill: char,
    /// Whether the fill was given, or is the zero before the width.
    pub zero_padded: bool,
    /// Where the padding goes, if it was said.
    pub align: Option<Align>,
    /// How numbers that are not negative are marked, if it was said.
    pub sign: Option<Sign>,
    /// Whether a negative zero loses its sign.
    pub no_negative_zero: bool,
    /// `#`: a prefix for integers, a decimal point in any case for floats.
    pub alternate: bool,
    /// The least number of characters.
    pub width: usize,
    /// What separates groups of digits.
    pub grouping: Option<char>,
    /// Digits, or the most characters of a string.
    pub precision: Option<usize>,
    /// What separates groups of digits behind the decimal point.
    pub fraction_grouping: Option<char>,
    /// The type, if one was given.
    pub kind: Option<char>,
}

impl Spec {
    /// The specification that asks for nothing.
    pub const PLAIN: Spec = Spec {
        fill: ' ',
        zero_padded: false,
        align: None,
        sign: None,
        no_negative_zero: false,
        alternate: false,
        width: 0,
        grouping: None,
        precision: None,
        fraction_grouping: None,
        kind: None,
    };
}

/// What is wrong with a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSpec {
    /// A complete message.
    Message(String),
    /// Something follows that has no meaning.
    Trailing,
}

fn align(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

/// Reads digits; `None` if there are none.
fn number(rest: &mut &str) -> Result<Option<usize>, BadSpec> {
    let end = rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    *rest = after;
    if digits.is_empty() {
        return Ok(None);
    }
    match digits.parse::<i64>() {
        Ok(number) => Ok(Some(number as usize)),
        Err(_) => Err(BadSpec::Message("Too many decimal digits in format string".into())),
    }
}

fn take(rest: &mut &str, c: char) -> bool {
    match rest.strip_prefix(c) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

/// Reads one or no separator.
fn grouping(rest: &mut &str) -> Result<Option<char>, BadSpec> {
    let comma = take(rest, ',');
    let underscore = take(rest, '_');
    if underscore && (comma || rest.starts_with(',')) {
        return Err(BadSpec::Message("Cannot specify both ',' and '_'.".into()));
    }
    Ok(if comma {
        Some(',')
    } else if underscore {
        Some('_')
    } else {
        None
    })
}

/// Takes a specification apart. `numeric`: a zero before the width means padding after the sign.
pub fn parse(text: &str, numeric: bool) -> Result<Spec, BadSpec> {
    let mut spec = Spec::PLAIN;
    let mut rest = text;
    let mut chars = text.chars();
    let mut fill_given = false;
    if let (Some(first), second) = (chars.next(), chars.next()) {
        if let Some(found) = second.and_then(align) {
            (spec.fill, spec.align, fill_given) = (first, Some(found), true);
            rest = chars.as_str();
        } else if let Some(found) = align(first) {
            spec.align = Some(found);
            rest = &text[1..];
        }
    }
    for (c, sign) in [('+', Sign::Plus), ('-', Sign::Minus), (' ', Sign::Space)] {
        if spec.sign.is_none() && take(&mut rest, c) {
            spec.sign = Some(sign);
        }
    }
    spec.no_negative_zero = take(&mut rest, 'z');
    spec.alternate = take(&mut rest, '#');
    if !fill_given && take(&mut rest, '0') {
        spec.fill = '0';
        spec.zero_padded = true;
        if spec.align.is_none() && numeric {
            spec.align = Some(Align::AfterSign);
        }
    }
    spec.width = number(&mut rest)?.unwrap_or(0);
    spec.grouping = grouping(&mut rest)?;
    if take(&mut rest, '.') {
        spec.precision = number(&mut rest)?;
        spec.fraction_grouping = grouping(&mut rest)?;
        if spec.precision.is_none() && spec.fraction_grouping.is_none() {
            return Err(BadSpec::Message("Format specifier missing precision".into()));
        }
    }
    let mut last = rest.chars();
    spec.kind = last.next();
    if !last.as_str().is_empty() {
        return Err(BadSpec::Trailing);
    }
    if let Some(separator) = spec.grouping.or(spec.fraction_grouping) {
        let kind = spec.kind.unwrap_or(if numeric { 'd' } else { 's' });
        let allowed = matches!(kind, 'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F')
            || separator == '_' && matches!(kind, 'b' | 'o' | 'x' | 'X');
        if !allowed {
            return Err(BadSpec::Message(format!("Cannot specify '{separator}' with '{kind}'.")));
        }
    }
    Ok(spec)
}

/// The same, raising what is wrong with it.
pub(super) fn parse_for(cx: &Ctx, text: &str, class: &str) -> Res<Spec> {
    parse(text, class != "str").map_err(|bad| match bad {
        BadSpec::Message(message) => cx.value_error(message),
        BadSpec::Trailing => cx.value_error(format!("Invalid format specifier '{text}' for object of type '{class}'")),
    })
}

/// The ValueError for a type that the object does not have.
pub(super) fn unknown_code(cx: &Ctx, kind: char, class: &str) -> Raised {
    let shown = if (' '..='\x7f').contains(&kind) { kind.to_string() } else { format!("\\x{:x}", u32::from(kind)) };
    cx.value_error(format!("Unknown format code '{shown}' for object of type '{class}'"))
}

/// Appends a text, which may come in parts, with padding to the width. [`Align::AfterSign`] pads behind `lead`.
pub fn push_padded(out: &mut String, lead: &str, body: &[&str], spec: &Spec, default: Align) {
    let chars = |text: &str| if text.is_ascii() { text.len() } else { text.chars().count() };
    let padding = match spec.width {
        0 => 0,
        width => width.saturating_sub(chars(lead) + body.iter().map(|part| chars(part)).sum::<usize>()),
    };
    let (before, inside) = match spec.align.unwrap_or(default) {
        Align::Left => (0, 0),
        Align::Right => (padding, 0),
        Align::Center => (padding / 2, 0),
        Align::AfterSign => (0, padding),
    };
    // So much that adding it up would wrap is refused like anything else.
    memory::reserve_text(out, padding.saturating_mul(spec.fill.len_utf8()));
    memory::reserve_text(
        out,
        lead.len() + body.iter().map(|part| part.len()).sum::<usize>() + padding * spec.fill.len_utf8(),
    );
    let fill = |out: &mut String, count| out.extend(std::iter::repeat_n(spec.fill, count));
    fill(out, before);
    out.push_str(lead);
    fill(out, inside);
    body.iter().for_each(|part| out.push_str(part));
    fill(out, padding - before - inside);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let spec = parse("é=+#010,.3f", true).expect("well formed");
        assert_eq!((spec.fill, spec.align, spec.sign), ('é', Some(Align::AfterSign), Some(Sign::Plus)));
        assert_eq!((spec.alternate, spec.width, spec.grouping), (true, 10, Some(',')));
        assert_eq!((spec.precision, spec.kind), (Some(3), Some('f')));
        assert_eq!(parse("05", true).map(|spec| (spec.fill, spec.align)), Ok(('0', Some(Align::AfterSign))));
        assert_eq!(parse("05", false).map(|spec| (spec.fill, spec.align)), Ok(('0', None)));
        assert_eq!(parse("", true), Ok(Spec::PLAIN));
        assert_eq!(parse("5q9", true), Err(BadSpec::Trailing));
        assert!(matches!(parse("1.", true), Err(BadSpec::Message(_))));
        assert!(matches!(parse("_,", true), Err(BadSpec::Message(_))));
    }
}
