//! Every mistake in `syntax_errors/*.txt` is reported as CPython 3.14 does; `syntax_errors/record.py` records what it says.

use std::fs;
use std::path::Path;

/// The cases of the file `name`: source, and what CPython prints.
fn cases(name: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax_errors").join(name).with_extension("txt");
    let text = fs::read_to_string(path).expect("the file of cases is there");
    let case = |case: &str| {
        let (source, expected) = case.split_once("---\n").expect("a case has a line of dashes");
        (source.to_owned(), expected.to_owned())
    };
    text.split_terminator("===\n").map(case).collect()
}

fn check(name: &str) {
    let cases = cases(name);
    assert!(!cases.is_empty());
    let mut wrong = String::new();
    for (source, expected) in &cases {
        let actual = match argil_compiler::parse(source) {
            Ok(_) => "no error\n".to_owned(),
            Err(error) => error.report("x.py", source),
        };
        if actual != *expected {
            wrong += &format!("{source}--- expected:\n{expected}--- actual:\n{actual}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

macro_rules! files {
    ($($name:ident)*) => {
        $(#[test] fn $name() { check(stringify!($name)); })*
    };
}

files! {
    assignments brackets calls classes_and_functions compound_statements expressions fstrings imports indentation
    keywords_misspelt literals parameters patterns simple_statements template_strings type_parameters
}
