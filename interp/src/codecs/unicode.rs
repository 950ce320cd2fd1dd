//! Characters by their names and as escapes.

/// The name of a character in the Unicode database.
pub fn name_of(c: char) -> Option<String> {
    unicode_names2::name(c).map(|name| name.to_string())
}

/// The character of a name in the Unicode database.
pub fn named(name: &str) -> Option<char> {
    // No name begins with a hyphen, and `unicode_names2` looks before one.
    if name.starts_with('-') { None } else { unicode_names2::character(name) }
}

/// Characters as `\N{...}` where they have names, else as shorter escapes.
pub fn push_named(text: &mut String, c: char) {
    match name_of(c) {
        Some(name) => {
            text.push_str("\\N{");
            text.push_str(&name);
            text.push('}');
        }
        None => crate::ops::repr::push_escape(text, c),
    }
}
