//! What the environment adds to the command line.
use std::ffi::OsString;
use std::hash::{BuildHasher, Hasher};

use argil_interp::options::{Options, Switch};

use super::words::{Refused, Words};

/// The fewest digits that `int_max_str_digits` may be, beside 0 for no limit.
const LEAST_DIGITS: usize = 640;

/// The value of a variable for Python that is not ignored and not empty.
pub fn variable(options: &Options, name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty() && !options.is_on(Switch::IgnoreEnvironment))
}

fn fatal(function: &str, message: &str) -> Refused {
    Refused(format!("Fatal Python error: {function}: {message}\nPython runtime state: preinitialized\n\n"))
}

/// Completes the options.
///
/// # Errors
/// What `python3` ends with, with exit status 1, where a value makes no sense.
pub fn complete(words: &mut Words) -> Result<(), Refused> {
    let options = &mut words.options;
    let text =
        |options: &Options, name: &str| variable(options, name).map(|value| value.to_string_lossy().into_owned());
    for (name, switch) in [
        ("PYTHONDEBUG", Switch::Debug),
        ("PYTHONDONTWRITEBYTECODE", Switch::DontWriteBytecode),
        ("PYTHONINSPECT", Switch::Inspect),
        ("PYTHONNOUSERSITE", Switch::NoUserSite),
        ("PYTHONOPTIMIZE", Switch::Optimize),
        ("PYTHONSAFEPATH", Switch::SafePath),
        ("PYTHONUNBUFFERED", Switch::Unbuffered),
        ("PYTHONVERBOSE", Switch::Verbose),
        ("PYTHONWARNDEFAULTENCODING", Switch::WarnDefaultEncoding),
    ] {
        if let Some(value) = text(options, name) {
            // A number is a level; whatever else is there means 1.
            let level = match switch {
                Switch::Debug | Switch::Optimize | Switch::Verbose => value.parse().unwrap_or(1).max(1),
                _ => 1,
            };
            options.set(switch, options.get(switch).max(level));
        }
    }
    let is_dev = options.extra("dev").is_some() || variable(options, "PYTHONDEVMODE").is_some();
    options.set(Switch::DevMode, is_dev.into());
    if options.extra("warn_default_encoding").is_some() {
        options.set(Switch::WarnDefaultEncoding, 1);
    }
    options.cache_prefix = match options.extra("pycache_prefix") {
        Some(prefix) => Some(prefix.to_owned()).filter(|prefix| !prefix.is_empty()),
        None => text(options, "PYTHONPYCACHEPREFIX"),
    };
    options.warnings = warnings(options, text(options, "PYTHONWARNINGS"));
    options.max_str_digits = max_str_digits(options, text(options, "PYTHONINTMAXSTRDIGITS"))?;
    options.processors = processors(options, text(options, "PYTHON_CPU_COUNT"))?;
    let seed = text(options, "PYTHONHASHSEED").filter(|seed| !words.random_hashes && seed != "random");
    options.hash_seed = match seed {
        Some(seed) => match seed.parse::<u32>() {
            Ok(seed) => seed.into(),
            Err(_) => {
                let range = "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]";
                return Err(fatal("config_init_hash_seed", range));
            }
        },
        // Each of these hashes with keys that the system made up.
        None => std::hash::RandomState::new().build_hasher().finish().max(1),
    };
    options.set(Switch::HashRandomization, (options.hash_seed != 0).into());
    Ok(())
}

/// The filters in the order in which they are set: later ones go first.
fn warnings(options: &Options, variable: Option<String>) -> Vec<String> {
    let mut all = Vec::new();
    if options.is_on(Switch::DevMode) {
        all.push("default".to_owned());
    }
    all.extend(variable.iter().flat_map(|list| list.split(',')).map(str::to_owned));
    all.extend(options.warnings.iter().cloned());
    match options.get(Switch::BytesWarning) {
        0 => {}
        1 => all.push("default::BytesWarning".to_owned()),
        _ => all.push("error::BytesWarning".to_owned()),
    }
    all
}

fn max_str_digits(options: &Options, variable: Option<String>) -> Result<Option<usize>, Refused> {
    let (name, value) = match (options.extra("int_max_str_digits"), variable) {
        (Some(value), _) => ("-X int_max_str_digits", value.to_owned()),
        (None, Some(value)) => ("PYTHONINTMAXSTRDIGITS", value),
        (None, None) => return Ok(None),
    };
    match value.parse::<i32>().ok().and_then(|digits| usize::try_from(digits).ok()) {
        Some(digits) if digits == 0 || digits >= LEAST_DIGITS => Ok(Some(digits)),
        _ => {
            let limit = format!("{name}: invalid limit; must be >= {LEAST_DIGITS} or 0 for unlimited.");
            Err(fatal("config_init_int_max_str_digits", &limit))
        }
    }
}

fn processors(options: &Options, variable: Option<String>) -> Result<Option<usize>, Refused> {
    let Some(value) = options.extra("cpu_count").map(str::to_owned).or(variable) else { return Ok(None) };
    match value.parse::<usize>() {
        Ok(count) if count > 0 => Ok(Some(count)),
        _ if value == "default" => Ok(None),
        _ => {
            let message = "-X cpu_count=n option: n is missing or an invalid number, n must be greater than 0";
            Err(fatal("config_init_cpu_count", message))
        }
    }
}
