//! "Did you mean": which of many names a misspelt one stands for.
//!
//! Two measures, as in CPython: an edit distance that takes a change of case for half a mistake, and the similarity of
//! Ratcliff and Obershelp (Dr. Dobb's Journal, July 1988) in the form of Python's `difflib`.

/// What inserting, deleting or replacing a character costs.
const MOVE_COST: usize = 2;
/// What changing its case costs.
const CASE_COST: usize = 1;
/// Names longer than this, in bytes, are not compared.
const MAX_NAME: usize = 40;

/// The candidate that `name` is closest to by edit distance, if any is close enough and different.
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().filter(|&candidate| candidate != name) {
        // A third of the characters may differ.
        let mut limit = (name.len() + candidate.len() + 3) * MOVE_COST / 6;
        if let Some((distance, _)) = best {
            limit = limit.min(distance.saturating_sub(1));
        }
        match edit_distance(name, candidate) {
            Some(distance) if distance <= limit => best = Some((distance, candidate)),
            _ => {}
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The cost of turning `a` into `b`; `None` if either is too long.
fn edit_distance(a: &str, b: &str) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > MAX_NAME || b.len() > MAX_NAME {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).map(|index| index * MOVE_COST).collect();
    for (index, &from) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], (index + 1) * MOVE_COST);
        for (column, &to) in b.iter().enumerate() {
            let replaced = diagonal + substitution(from, to);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + MOVE_COST).min(diagonal + MOVE_COST);
        }
    }
    row.last().copied()
}

fn substitution(from: u8, to: u8) -> usize {
    match () {
        () if from == to => 0,
        () if from.eq_ignore_ascii_case(&to) => CASE_COST,
        () => MOVE_COST,
    }
}

/// The `count` candidates most similar to `name`, best first; those less similar than one half are left out.
pub(crate) fn most_similar<'c>(name: &str, candidates: &[&'c str], count: usize) -> Vec<&'c str> {
    let mut scored: Vec<(usize, usize, &str)> = candidates
        .iter()
        .map(|&candidate| (matching(candidate.as_bytes(), name.as_bytes()), candidate.len() + name.len(), candidate))
        .filter(|&(matching, length, _)| 4 * matching >= length)
        .collect();
    // Similarity is 2 · matching / length; fractions are compared by cross-multiplication.
    scored.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)).then_with(|| b.2.cmp(a.2)));
    scored.into_iter().take(count).map(|(_, _, candidate)| candidate).collect()
}

/// How many characters match: those of the longest common part, and by recursion those left and right of it.
fn matching(a: &[u8], b: &[u8]) -> usize {
    let (mut length, mut at_a, mut at_b) = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let common = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if common > length {
                (length, at_a, at_b) = (common, i, j);
            }
        }
    }
    if length == 0 {
        return 0;
    }
    length + matching(&a[..at_a], &b[..at_b]) + matching(&a[at_a + length..], &b[at_b + length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_name_is_found() {
        assert_eq!(closest("lenght", ["width", "length", "depth"]), Some("length"));
        assert_eq!(closest("Length", ["lengths", "length"]), Some("length"));
        assert_eq!(closest("abc", ["abd"]), Some("abd"));
        assert_eq!(closest("x", ["y"]), None);
        assert_eq!(closest("same", ["same"]), None);
    }

    #[test]
    fn similar_names_come_best_first() {
        assert_eq!(most_similar("whille", &["with", "while", "for"], 3), ["while"]);
        assert_eq!(most_similar("appel", &["ape", "apple", "peach", "puppy"], 3), ["apple", "ape"]);
    }
}
