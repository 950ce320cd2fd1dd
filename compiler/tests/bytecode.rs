//! Golden tests of the bytecode: each script in `bytecode/` beside its disassembly, with the source lines in between.

use argil_compiler::dis::dis_with_source;
use argil_compiler::{Mode, compile};
use snapbox::{Assert, Data};
use std::fs;
use std::path::Path;

const HEAD: &str = "# Regenerate with: SNAPSHOTS=overwrite cargo test -p argil-compiler --test bytecode\n\n";

#[test]
fn scripts_compile_to_the_bytecode_beside_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode");
    let mut scripts: Vec<_> = fs::read_dir(folder)
        .expect("the folder of golden tests is there")
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    scripts.sort();
    assert!(!scripts.is_empty());
    for script in scripts {
        let source = fs::read_to_string(&script).expect("scripts are text");
        let text = match compile(&source, Mode::Exec) {
            Ok(code) => dis_with_source(&code, &source),
            Err(error) => panic!("{}: {error:?}", script.display()),
        };
        let expected = Data::read_from(&script.with_extension("txt"), None);
        Assert::new().action_env("SNAPSHOTS").eq(format!("{HEAD}{text}"), expected);
    }
}
