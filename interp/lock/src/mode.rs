//! The names of the lock modes. What a mode means is asked of the [`Lock`](crate::Lock), in the question that is meant.

use std::str::FromStr;

/// How threads share the interpreter.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub enum LockMode {
    /// A global lock: threads take turns.
    Gil,
    /// No lock: all threads run at once.
    None,
    /// A process per worker: nothing is shared.
    Process,
}

impl LockMode {
    /// All modes, in the order in which they are compared.
    pub const ALL: [LockMode; 3] = [LockMode::Gil, LockMode::None, LockMode::Process];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            LockMode::Gil => "gil",
            LockMode::None => "none",
            LockMode::Process => "process",
        }
    }
}

impl std::fmt::Display for LockMode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for LockMode {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        LockMode::ALL
            .into_iter()
            .find(|mode| mode.name() == name)
            .ok_or_else(|| format!("unknown lock mode '{name}': choose gil, none or process"))
    }
}
