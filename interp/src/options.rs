//! How the program was asked to run: what `sys.flags` shows, and what lies behind it. The interpreter itself reads neither the
//! command line nor the environment; whoever starts it does.

use argil_compiler::marshal::{Fault, Read, Reader, Writer};

/// A small number that the command line or the environment sets, most of them 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// `-b`: comparing bytes with strings warns; twice, raises.
    BytesWarning,
    /// `-d`.
    Debug,
    /// `-X dev`.
    DevMode,
    /// `-B`: no bytecode is cached.
    DontWriteBytecode,
    /// The first entry of `sys.path` is where the program is.
    HasBeside,
    /// `-R`: hashes of texts differ from run to run.
    HashRandomization,
    /// `-E`.
    IgnoreEnvironment,
    /// `-i`: a prompt follows the script.
    Inspect,
    /// `-i`: standard input is a prompt, terminal or not.
    Interactive,
    /// `-I`.
    Isolated,
    /// `-S`.
    NoSite,
    /// `-s`.
    NoUserSite,
    /// `-O`: assertions are left out; twice, docstrings too.
    Optimize,
    /// `-q`.
    Quiet,
    /// Lib's `site` is imported at start-up.
    RunSite,
    /// `-P`: the script's folder is not in `sys.path`.
    SafePath,
    /// `-u`.
    Unbuffered,
    /// `-v`: what is imported is told.
    Verbose,
    /// `-X warn_default_encoding`.
    WarnDefaultEncoding,
}

impl Switch {
    /// How many there are.
    const COUNT: usize = Switch::WarnDefaultEncoding as usize + 1;
}

/// How the program was asked to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    switches: [u8; Switch::COUNT],
    /// What the hashes of texts begin with.
    pub hash_seed: u64,
    /// How many digits converting between int and str handles, if it was said; 0 for any number.
    pub max_str_digits: Option<usize>,
    /// How many processors there are, if it was said.
    pub processors: Option<usize>,
    /// `sys.orig_argv`.
    pub command_line: Vec<String>,
    /// `sys.warnoptions`.
    pub warnings: Vec<String>,
    /// What `-X` was given, each `NAME` or `NAME=VALUE`.
    pub extras: Vec<String>,
    /// Folders of installed packages whose `.pth` files are to be read, or that hold a module that runs at start-up.
    pub sites: Vec<String>,
    /// The folder of a library that is used instead of the image.
    pub library: Option<String>,
    /// Where caches of bytecode are, if not beside the files.
    pub cache_prefix: Option<String>,
}

impl Options {
    /// The value of a switch.
    pub fn get(&self, switch: Switch) -> u8 {
        self.switches[switch as usize]
    }

    /// Whether a switch is set.
    pub fn is_on(&self, switch: Switch) -> bool {
        self.get(switch) != 0
    }

    /// Sets a switch.
    pub fn set(&mut self, switch: Switch, value: u8) {
        self.switches[switch as usize] = value;
    }

    /// Counts one more of a switch that may be given several times.
    pub fn count(&mut self, switch: Switch) {
        self.set(switch, self.get(switch).saturating_add(1));
    }

    /// The options for another process.
    pub fn write(&self, out: &mut Writer) {
        out.bytes(&self.switches);
        out.number(self.hash_seed);
        for number in [self.max_str_digits, self.processors] {
            out.number(number.map_or(0, |number| number as u64 + 1));
        }
        let alone = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
        let (library, cache_prefix) = (alone(&self.library), alone(&self.cache_prefix));
        for list in [&self.command_line, &self.warnings, &self.extras, &self.sites, &library, &cache_prefix] {
            out.number(list.len() as u64);
            list.iter().for_each(|text| out.text(text));
        }
    }

    /// What [`Options::write`] wrote.
    ///
    /// # Errors
    /// If it is something else.
    pub fn read(from: &mut Reader<'_>) -> Read<Options> {
        let switches = from.bytes()?.try_into().map_err(|_| Fault::Malformed)?;
        let hash_seed = from.number()?;
        let mut number = || Ok(from.number()?.checked_sub(1).map(|number| number as usize));
        let (max_str_digits, processors) = (number()?, number()?);
        let mut list = || -> Read<Vec<String>> {
            let count = from.count()?;
            (0..count).map(|_| from.text().map(str::to_owned)).collect()
        };
        let (command_line, warnings, extras, sites) = (list()?, list()?, list()?, list()?);
        let (library, cache_prefix) = (list()?.pop(), list()?.pop());
        Ok(Options {
            switches,
            hash_seed,
            max_str_digits,
            processors,
            command_line,
            warnings,
            extras,
            sites,
            library,
            cache_prefix,
        })
    }

    /// The value that `-X NAME` or `-X NAME=VALUE` was given, empty without one; the last counts.
    pub fn extra(&self, name: &str) -> Option<&str> {
        let values = self.extras.iter().rev().map(|extra| extra.split_once('=').unwrap_or((extra, "")));
        values.into_iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_reach_another_process() {
        let mut options = Options { hash_seed: u64::MAX, processors: Some(0), ..Options::default() };
        options.count(Switch::Optimize);
        options.count(Switch::Optimize);
        options.extras = vec!["dev".to_owned(), "a=1".to_owned(), "a=2".to_owned()];
        options.library = Some("/lib".to_owned());
        let mut out = Writer::default();
        options.write(&mut out);
        let read = Options::read(&mut Reader(&out.0)).ok();
        assert_eq!(read.as_ref(), Some(&options));
        assert_eq!((options.extra("a"), options.extra("dev"), options.extra("b")), (Some("2"), Some(""), None));
        assert!(Options::read(&mut Reader(&out.0[..5])).is_err());
    }
}
