//! The words of the command line, as `python3` takes them: single letters, which may stand together behind one dash, up to the
//! script, `-c`, `-m` or `-`; what follows is the script's, untouched, even `--help`.
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use argil_interp::lock::LockMode;
use argil_interp::options::{Options, Switch};

use crate::program::Entry;

/// What the words say.
#[derive(Debug, Default)]
pub struct Words {
    /// The switches, what `-W` and `-X` were given.
    pub options: Options,
    /// `--lock`.
    pub lock: Option<LockMode>,
    /// `--library`.
    pub library: Option<OsString>,
    /// Hashes differ from run to run, whatever the environment says.
    pub random_hashes: bool,
    /// `-x`: the first line of the script is skipped.
    pub skips_line: bool,
    /// What is to be done.
    pub action: Action,
    /// The script and its arguments; what stands for the script if there is none.
    pub argv: Vec<OsString>,
}

/// What is to be done.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Nothing was named: standard input, or the prompt.
    #[default]
    Unnamed,
    /// A program is run.
    Run(Entry),
    /// One of the subcommands, whose words follow.
    Subcommand,
    /// `--help`.
    Help,
    /// `--licences`.
    Licences,
    /// `--version`; twice, with more.
    Version(u8),
}

/// Why the words make no sense: lines for standard error.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// What `python3` prints below such a line.
fn refuse(line: impl std::fmt::Display) -> Refused {
    Refused(format!(
        "{line}\nusage: argil [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `argil -h' for more information.\n"
    ))
}

/// Reads the words after the program's own name.
pub fn read(words: &[OsString]) -> Result<Words, Refused> {
    let mut read = Words { argv: vec![OsString::new()], ..Words::default() };
    let mut versions = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let bytes = word.as_bytes();
        if bytes == b"--" {
            if let Some(script) = words.get(at) {
                read.script(script, &words[at..]);
            }
            break;
        }
        if let Some(long) = bytes.strip_prefix(b"--") {
            let (name, value) = match long.iter().position(|&byte| byte == b'=') {
                Some(place) => (&long[..place], Some(OsStr::from_bytes(&long[place + 1..]).to_owned())),
                None => (long, None),
            };
            let name = String::from_utf8_lossy(name);
            let mut value = || {
                value.clone().or_else(|| {
                    at += 1;
                    words.get(at - 1).cloned()
                })
            };
            match &*name {
                "lock" => {
                    let mode = value().ok_or_else(|| refuse("Argument expected for the --lock option"))?;
                    let mode = mode.to_string_lossy().parse();
                    read.lock = Some(mode.map_err(|error: String| Refused(format!("argil: --lock: {error}\n")))?);
                }
                "library" => {
                    read.library = Some(value().ok_or_else(|| refuse("Argument expected for the --library option"))?);
                }
                "check-hash-based-pycs" => {
                    let expected = "--check-hash-based-pycs must be one of 'default', 'always', or 'never'";
                    let known = ["default", "always", "never"];
                    if !value().is_some_and(|value| known.iter().any(|known| value == *known)) {
                        return Err(refuse(expected));
                    }
                }
                "help" | "help-all" | "help-env" | "help-xoptions" => {
                    read.action = Action::Help;
                    return Ok(read);
                }
                "licences" => {
                    read.action = Action::Licences;
                    return Ok(read);
                }
                "version" => versions += 1,
                _ => return Err(refuse(format_args!("Unknown option: {}", word.to_string_lossy()))),
            }
            continue;
        }
        if bytes == b"-" || !bytes.starts_with(b"-") {
            read.script(word, &words[at - 1..]);
            break;
        }
        let mut letters = &bytes[1..];
        while let Some((&letter, rest)) = letters.split_first() {
            letters = rest;
            let mut value = || match rest {
                [] => {
                    at += 1;
                    words.get(at - 1).cloned()
                }
                rest => Some(OsString::from_vec(rest.to_vec())),
            };
            if matches!(letter, b'c' | b'm' | b'W' | b'X') {
                let missing = || refuse(format_args!("Argument expected for the -{} option", letter as char));
                let value = value().ok_or_else(missing)?;
                let text = value.to_string_lossy().into_owned();
                match letter {
                    b'W' => read.options.warnings.push(text),
                    b'X' => read.options.extras.push(text),
                    b'c' => {
                        let code = value
                            .into_string()
                            .map_err(|_| Refused("argil: the code of -c is not UTF-8\n".to_owned()))?;
                        read.program(Entry::Code(code), "-c", &words[at..]);
                    }
                    _ => read.program(Entry::Module(text), "-m", &words[at..]),
                }
                break;
            }
            if !read.letter(letter, &mut versions) {
                return Err(refuse(format_args!("Unknown option: -{}", letter as char)));
            }
        }
        if read.action != Action::Unnamed {
            break;
        }
    }
    if versions > 0 && read.action != Action::Help {
        read.action = Action::Version(versions);
    }
    Ok(read)
}

impl Words {
    fn program(&mut self, entry: Entry, shown: &str, arguments: &[OsString]) {
        self.action = Action::Run(entry);
        self.argv = std::iter::once(shown.into()).chain(arguments.iter().cloned()).collect();
    }

    fn script(&mut self, script: &OsStr, argv: &[OsString]) {
        self.action = match script.to_str() {
            Some("compare" | "dis") => Action::Subcommand,
            Some("-") => Action::Run(Entry::Stdin),
            _ => Action::Run(Entry::File(PathBuf::from(script))),
        };
        self.argv = argv.to_vec();
    }

    /// An option that is a letter alone; false if it is none.
    fn letter(&mut self, letter: u8, versions: &mut u8) -> bool {
        let switch = match letter {
            b'b' => Switch::BytesWarning,
            b'B' => Switch::DontWriteBytecode,
            b'd' => Switch::Debug,
            b'E' => Switch::IgnoreEnvironment,
            b'i' => {
                self.options.set(Switch::Interactive, 1);
                Switch::Inspect
            }
            b'I' => {
                for switch in [Switch::IgnoreEnvironment, Switch::NoUserSite, Switch::SafePath] {
                    self.options.count(switch);
                }
                Switch::Isolated
            }
            b'O' => Switch::Optimize,
            b'P' => Switch::SafePath,
            b'q' => Switch::Quiet,
            b's' => Switch::NoUserSite,
            b'S' => Switch::NoSite,
            b'u' => Switch::Unbuffered,
            b'v' => Switch::Verbose,
            b'R' => {
                self.random_hashes = true;
                return true;
            }
            b't' => return true,
            b'x' => {
                self.skips_line = true;
                return true;
            }
            b'V' => {
                *versions += 1;
                return true;
            }
            b'h' | b'?' => {
                self.action = Action::Help;
                return true;
            }
            _ => return false,
        };
        match switch {
            Switch::BytesWarning | Switch::Debug | Switch::Optimize | Switch::Quiet | Switch::Verbose => {
                self.options.count(switch);
            }
            _ => self.options.set(switch, 1),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(line: &[&str]) -> Words {
        read(&line.iter().map(OsString::from).collect::<Vec<_>>()).unwrap_or_else(|_| panic!("{line:?} was refused"))
    }

    #[test]
    fn what_follows_the_script_is_its_own() {
        let words = given(&["--lock", "none", "x.py", "--help", "-x", "--", "--lock", "gil", "compare"]);
        assert_eq!(words.action, Action::Run(Entry::File("x.py".into())));
        assert_eq!(words.lock, Some(LockMode::None));
        assert_eq!(words.argv, ["x.py", "--help", "-x", "--", "--lock", "gil", "compare"]);
        let words = given(&["-c", "pass", "--version", "-m", "--", "-"]);
        assert_eq!(words.action, Action::Run(Entry::Code("pass".into())));
        assert_eq!(words.argv, ["-c", "--version", "-m", "--", "-"]);
    }

    #[test]
    fn letters_stand_together() {
        let words = given(&["--lock=process", "-BOOWerror", "-Xa=1", "-X", "b", "-qmtool", "-c", "dis"]);
        let options = &words.options;
        assert_eq!((options.get(Switch::Optimize), options.get(Switch::DontWriteBytecode)), (2, 1));
        assert_eq!((&options.warnings, &options.extras), (&vec!["error".into()], &vec!["a=1".into(), "b".into()]));
        assert_eq!(words.action, Action::Run(Entry::Module("tool".into())));
        assert_eq!(words.argv, ["-m", "-c", "dis"]);
        assert!(options.is_on(Switch::Quiet));
    }

    #[test]
    fn a_dash_is_standard_input() {
        let words = given(&["-", "-v"]);
        assert_eq!(words.action, Action::Run(Entry::Stdin));
        assert_eq!(words.argv, ["-", "-v"]);
        assert_eq!((given(&[]).action, given(&["-i"]).action), (Action::Unnamed, Action::Unnamed));
    }

    #[test]
    fn scripts_may_be_called_as_subcommands_are() {
        assert_eq!(given(&["./compare"]).action, Action::Run(Entry::File("./compare".into())));
        assert_eq!(given(&["dis", "-c"]).action, Action::Subcommand);
        assert_eq!(given(&["--", "x.py", "-c"]).argv, ["x.py", "-c"]);
    }

    #[test]
    fn what_is_no_option_is_refused() {
        let refused = |line: &[&str]| read(&line.iter().map(OsString::from).collect::<Vec<_>>()).map(|_| ());
        let first =
            |line: &[&str]| refused(line).err().map(|refused| refused.0.lines().next().unwrap_or("").to_owned());
        assert_eq!(first(&["-Z"]).as_deref(), Some("Unknown option: -Z"));
        assert_eq!(first(&["--loud"]).as_deref(), Some("Unknown option: --loud"));
        assert_eq!(first(&["-BW"]).as_deref(), Some("Argument expected for the -W option"));
        assert_eq!(first(&["--lock"]).as_deref(), Some("Argument expected for the --lock option"));
    }
}
