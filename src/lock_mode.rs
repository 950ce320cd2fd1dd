//! The `--lock` switch as the user writes it.
use std::fmt;
use std::str::FromStr;

/// How many threads may be attached at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LockMode {
    /// One thread at a time in the whole process.
    Gil,
    /// All threads at once.
    None,
    /// One thread per process, and a process per worker.
    Process,
}

impl LockMode {
    /// Every mode, in the order in which `compare` runs them.
    pub const ALL: [Self; 3] = [Self::Gil, Self::None, Self::Process];

    /// The name that `--lock` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gil => "gil",
            Self::None => "none",
            Self::Process => "process",
        }
    }
}

impl fmt::Display for LockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for LockMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|mode| mode.name() == text);
        known.ok_or_else(|| format!("unknown lock mode '{text}': choose gil, none or process"))
    }
}
