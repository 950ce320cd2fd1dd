//! `sys.path` at start-up, but for its first entry, which depends on what is run.
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use argil_interp::image::ROOT;
use argil_interp::options::{Options, Switch};

use super::environment::variable;

/// Where packages are below a prefix, or below the folder of what a user has installed.
const PACKAGES: &str = "lib/python3.14/site-packages";

/// Modules that run at start-up.
const CUSTOMISERS: [&str; 2] = ["sitecustomize.py", "usercustomize.py"];

/// The folders of `PYTHONPATH`, the library, and the folders of installed packages. Whether Lib's `site` has something to do at
/// start-up, the options are told.
pub fn search_path(options: &mut Options, is_prompt: bool) -> Vec<String> {
    let given = variable(options, "PYTHONPATH");
    let given: Vec<PathBuf> = given.iter().flat_map(std::env::split_paths).collect();
    let mut path: Vec<String> = given.iter().map(|folder| text(folder)).collect();
    path.push(options.library.clone().unwrap_or_else(|| ROOT.to_owned()));
    if options.is_on(Switch::NoSite) {
        return path;
    }
    let named: Vec<PathBuf> = variable(options, "ARGIL_SITE").iter().flat_map(std::env::split_paths).collect();
    options.sites = named.iter().map(|folder| text(folder)).collect();
    let mut sites = named;
    if !options.is_on(Switch::NoUserSite) {
        sites.extend(user_base(options).map(|base| base.join(PACKAGES)));
    }
    sites.extend(prefix().map(|prefix| prefix.join(PACKAGES)));
    let mut runs = is_prompt || options.is_on(Switch::Inspect);
    for site in sites.iter().filter(|site| !site.as_os_str().is_empty()) {
        let Ok(entries) = std::fs::read_dir(site) else { continue };
        let is_special = |name: &OsStr| {
            Path::new(name).extension() == Some(OsStr::new("pth")) || CUSTOMISERS.iter().any(|module| name == *module)
        };
        runs |= entries.flatten().any(|entry| is_special(&entry.file_name()));
        path.push(text(site));
    }
    runs |= given.iter().any(|folder| CUSTOMISERS.iter().any(|module| folder.join(module).is_file()));
    options.set(Switch::RunSite, runs.into());
    path
}

fn text(path: &Path) -> String {
    // An empty entry is the current folder.
    let path = match std::env::current_dir() {
        Ok(here) if path.as_os_str().is_empty() => here,
        Ok(here) => here.join(path),
        Err(_) => path.to_path_buf(),
    };
    path.to_string_lossy().into_owned()
}

/// The folder that holds the folder of the program.
fn prefix() -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.parent()?.to_path_buf())
}

/// Where the user's own packages are, if it can be known.
fn user_base(options: &Options) -> Option<PathBuf> {
    let home =
        || Some(PathBuf::from(std::env::var_os("HOME").filter(|home: &OsString| !home.is_empty())?).join(".local"));
    variable(options, "PYTHONUSERBASE").map(PathBuf::from).or_else(home)
}
