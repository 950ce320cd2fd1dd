//! Constant folding: the value of an expression that has no operand but literals, where computing it is safe and cheap.
//!
//! What could raise, overflow 64 bits, depend on the platform's mathematics, or grow beyond [`LARGEST_RESULT`] is left to run time.

use super::constants::{literal, truth};
use crate::ast::{Expr, ExprKind, Operator, UnaryOperator};
use crate::code::Const;

/// How many bytes a folded string may have.
const LARGEST_RESULT: usize = 4096;

/// Integers beyond this are not exact as floats.
const EXACT_IN_FLOAT: i64 = 1 << 53;

/// The value of `expr`, if it is constant; `debug` is that of `__debug__`.
pub(super) fn fold(expr: &Expr, debug: bool) -> Option<Const> {
    match &expr.kind {
        ExprKind::Constant(constant) => Some(literal(constant)),
        ExprKind::Name(name) if &**name == "__debug__" => Some(Const::Bool(debug)),
        ExprKind::Tuple { elts } => elts.iter().map(|elt| fold(elt, debug)).collect::<Option<_>>().map(Const::Tuple),
        ExprKind::UnaryOp { op, operand } => unary(*op, fold(operand, debug)?),
        ExprKind::BinOp { left, op, right } => {
            // The right operand first: in `a + 1 + 1 + …` it is the short one.
            let right = fold(right, debug)?;
            binary(fold(left, debug)?, *op, right)
        }
        _ => None,
    }
}

fn unary(op: UnaryOperator, operand: Const) -> Option<Const> {
    Some(match (op, operand) {
        (UnaryOperator::Not, operand) => Const::Bool(!truth(&operand)),
        (UnaryOperator::USub, Const::Int(value)) => Const::Int(value.checked_neg()?),
        (UnaryOperator::USub, Const::Float(value)) => Const::Float(-value),
        (UnaryOperator::USub, Const::BigInt(digits)) => negated(&digits),
        (UnaryOperator::UAdd, number @ (Const::Int(_) | Const::Float(_) | Const::BigInt(_))) => number,
        (UnaryOperator::Invert, Const::Int(value)) => Const::Int(!value),
        _ => return None,
    })
}

fn negated(digits: &str) -> Const {
    let text = digits.strip_prefix('-').map_or_else(|| format!("-{digits}"), str::to_string);
    text.parse().map_or_else(|_| Const::BigInt(text.into()), Const::Int)
}

fn binary(left: Const, op: Operator, right: Const) -> Option<Const> {
    match (left, right) {
        (Const::Int(left), Const::Int(right)) => integers(left, op, right),
        (Const::Float(left), Const::Float(right)) => floats(left, op, right),
        (Const::Int(left), Const::Float(right)) => floats(exact(left)?, op, right),
        (Const::Float(left), Const::Int(right)) => floats(left, op, exact(right)?),
        (Const::Str(left), Const::Str(right)) if op == Operator::Add => {
            (left.len() + right.len() <= LARGEST_RESULT).then(|| Const::Str([left, right].concat().into()))
        }
        (Const::Str(text), Const::Int(count)) | (Const::Int(count), Const::Str(text)) if op == Operator::Mult => {
            let count = usize::try_from(count.max(0)).ok()?;
            let length = text.len().checked_mul(count)?;
            (length <= LARGEST_RESULT).then(|| Const::Str(text.repeat(count).into()))
        }
        _ => None,
    }
}

fn exact(value: i64) -> Option<f64> {
    (-EXACT_IN_FLOAT..=EXACT_IN_FLOAT).contains(&value).then_some(value as f64)
}

fn integers(left: i64, op: Operator, right: i64) -> Option<Const> {
    let shift = || u32::try_from(right).ok().filter(|&shift| shift < 63);
    let value = match op {
        Operator::Add => left.checked_add(right)?,
        Operator::Sub => left.checked_sub(right)?,
        Operator::Mult => left.checked_mul(right)?,
        Operator::Div if right != 0 => return Some(Const::Float(exact(left)? / exact(right)?)),
        // Python rounds towards minus infinity and Rust towards zero: they agree where nothing is negative.
        Operator::FloorDiv if left >= 0 && right > 0 => left / right,
        Operator::Mod if left >= 0 && right > 0 => left % right,
        Operator::Pow => left.checked_pow(u32::try_from(right).ok()?)?,
        Operator::LShift => left.checked_mul(1 << shift()?)?,
        Operator::RShift => left >> shift()?,
        Operator::BitOr => left | right,
        Operator::BitXor => left ^ right,
        Operator::BitAnd => left & right,
        _ => return None,
    };
    Some(Const::Int(value))
}

fn floats(left: f64, op: Operator, right: f64) -> Option<Const> {
    Some(Const::Float(match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div if right != 0.0 => left / right,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_fold_only_where_the_result_is_certain() {
        let int = |left, op, right| integers(left, op, right);
        assert_eq!(int(7, Operator::FloorDiv, 2), Some(Const::Int(3)));
        assert_eq!(int(-7, Operator::FloorDiv, 2), None);
        assert_eq!(int(1, Operator::Div, 0), None);
        assert_eq!(int(1, Operator::Div, 2), Some(Const::Float(0.5)));
        assert_eq!(int(2, Operator::Pow, 62), Some(Const::Int(1 << 62)));
        assert_eq!(int(2, Operator::Pow, 63), None);
        assert_eq!(int(2, Operator::Pow, -1), None);
        assert_eq!(int(1, Operator::LShift, 62), Some(Const::Int(1 << 62)));
        assert_eq!(int(3, Operator::LShift, 62), None);
        assert_eq!(int(i64::MAX, Operator::Add, 1), None);
    }

    #[test]
    fn strings_fold_up_to_a_bound() {
        let text = |text: &str| Const::Str(text.into());
        assert_eq!(binary(text("ab"), Operator::Add, text("c")), Some(text("abc")));
        assert_eq!(binary(Const::Int(2), Operator::Mult, text("ab")), Some(text("abab")));
        assert_eq!(binary(text("a"), Operator::Mult, Const::Int(-1)), Some(text("")));
        assert_eq!(binary(text("a"), Operator::Mult, Const::Int(1 << 40)), None);
    }

    #[test]
    fn the_smallest_integer_is_small() {
        assert_eq!(negated("9223372036854775808"), Const::Int(i64::MIN));
        assert_eq!(negated("9223372036854775809"), Const::BigInt("-9223372036854775809".into()));
    }
}
