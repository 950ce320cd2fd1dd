//! Whatever separates lines, the tree is the same, and the strings in it hold `\n`.

use argil_compiler::ast::{Constant, Expr, ExprKind, Module, Stmt, StmtKind};
use argil_compiler::parse;

const SOURCE: &str = "if a:\n    b = (1,\n\n      2)  # c\n\n    d = '''e\nf''' \\\n      r'g'\nh";

/// The values of the assignments in the `if` that `module` begins with.
fn values(module: &Module) -> Vec<&Expr> {
    let [Stmt { kind: StmtKind::If { body, .. }, .. }, _] = module.body.as_slice() else { panic!("{module:?}") };
    let value = |statement| match statement {
        &Stmt { kind: StmtKind::Assign { ref value, .. }, .. } => value,
        other => panic!("{other:?}"),
    };
    body.iter().map(value).collect()
}

#[test]
fn lines_may_end_in_several_ways() {
    for line_break in ["\n", "\r\n", "\r"] {
        for (start, end) in [("", ""), ("\u{feff}", line_break), ("#!x\n\n", "\n  \n\x0c\n # y")] {
            let source = format!("{start}{}{end}", SOURCE.replace('\n', line_break));
            let module = parse(&source).unwrap_or_else(|error| panic!("{}", error.report("x.py", &source)));
            let values = values(&module);
            assert!(matches!(&values[0].kind, ExprKind::Tuple { elts } if elts.len() == 2), "{source:?}");
            assert_eq!(values[1].kind, ExprKind::Constant(Constant::Str("e\nfg".into())), "{source:?}");
        }
    }
}

#[test]
fn a_form_feed_begins_the_indentation_anew() {
    let module = parse("if a:\n\tb\n  \x0c\tc\n").expect("the indentation is the same either way");
    assert_eq!(module.body.len(), 1);
}
