//! "Did you mean": the name that a misspelt one probably stands for.
//!
//! The distance is CPython's (`Python/suggestions.c`): a substitution, insertion or deletion costs two, a change of case one,
//! and a name is suggested if it is near enough for the lengths of both.

const MOVE: usize = 2;
const CASE: usize = 1;
/// No longer names are compared.
const MAX_LENGTH: usize = 40;
/// No more names are compared.
const MAX_CANDIDATES: usize = 750;

fn substitution(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).map(|i| i * MOVE).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * MOVE;
        for (j, &y) in b.iter().enumerate() {
            let replaced = diagonal + substitution(x, y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + MOVE).min(row[j] + MOVE);
        }
    }
    row[b.len()]
}

/// The most similar of some names, if one is similar enough and none is equal.
pub fn similar<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wrong: Vec<char> = wrong.chars().collect();
    if wrong.len() > MAX_LENGTH {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for name in names.take(MAX_CANDIDATES) {
        let chars: Vec<char> = name.chars().collect();
        if chars == wrong || chars.len() > MAX_LENGTH {
            continue;
        }
        let most = (wrong.len() + chars.len() + 3) * MOVE / 6;
        let distance = distance(&wrong, &chars);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::similar;

    #[test]
    fn near_names_are_suggested() {
        let names = ["append", "extend", "insert"];
        assert_eq!(similar("apend", names.into_iter()), Some("append"));
        assert_eq!(similar("Insert", names.into_iter()), Some("insert"));
        assert_eq!(similar("xyz", names.into_iter()), None);
    }
}
