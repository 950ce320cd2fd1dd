//! The locale of the process.

use std::ffi::{CStr, CString, c_char, c_int};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held by whoever changes the locale, or reads what a change would overwrite.
static LOCALE: Mutex<()> = Mutex::new(());

fn locked() -> MutexGuard<'static, ()> {
    LOCALE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A string of C's, copied.
///
/// # Safety
/// It is null or terminated.
unsafe fn text(pointer: *const c_char) -> Option<Vec<u8>> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    Some(unsafe { CStr::from_ptr(pointer) }.to_bytes().to_vec())
}

/// `setlocale`: changes it if there is a name; `None` if there is no such locale or category.
pub fn setlocale(category: c_int, name: Option<&CStr>) -> Option<Vec<u8>> {
    let _locked = locked();
    // SAFETY: the name is terminated, or null; what comes back is good until the next call, which the lock keeps away.
    unsafe { text(libc::setlocale(category, name.map_or(std::ptr::null(), CStr::as_ptr))) }
}

/// `nl_langinfo`.
pub fn nl_langinfo(item: c_int) -> Vec<u8> {
    let _locked = locked();
    // SAFETY: as above; items that are not there are empty.
    unsafe { text(libc::nl_langinfo(item)) }.unwrap_or_default()
}

/// How numbers and money are written.
pub struct Convention {
    /// The names and values that are texts.
    pub texts: Vec<(&'static str, Vec<u8>)>,
    /// The names and values that are numbers.
    pub numbers: Vec<(&'static str, i8)>,
    /// The sizes of groups of digits.
    pub groupings: Vec<(&'static str, Vec<i8>)>,
}

/// `localeconv`.
pub fn localeconv() -> Convention {
    let _locked = locked();
    // SAFETY: the struct and its strings are good until the next call, which the lock keeps away.
    unsafe {
        let convention = &*libc::localeconv();
        let texts = [
            ("decimal_point", convention.decimal_point),
            ("thousands_sep", convention.thousands_sep),
            ("int_curr_symbol", convention.int_curr_symbol),
            ("currency_symbol", convention.currency_symbol),
            ("mon_decimal_point", convention.mon_decimal_point),
            ("mon_thousands_sep", convention.mon_thousands_sep),
            ("positive_sign", convention.positive_sign),
            ("negative_sign", convention.negative_sign),
        ];
        let numbers = vec![
            ("int_frac_digits", convention.int_frac_digits as i8),
            ("frac_digits", convention.frac_digits as i8),
            ("p_cs_precedes", convention.p_cs_precedes as i8),
            ("p_sep_by_space", convention.p_sep_by_space as i8),
            ("n_cs_precedes", convention.n_cs_precedes as i8),
            ("n_sep_by_space", convention.n_sep_by_space as i8),
            ("p_sign_posn", convention.p_sign_posn as i8),
            ("n_sign_posn", convention.n_sign_posn as i8),
        ];
        let groups = |pointer| text(pointer).unwrap_or_default().into_iter().map(|size| size as i8).collect();
        Convention {
            texts: texts.into_iter().map(|(name, value)| (name, text(value).unwrap_or_default())).collect(),
            numbers,
            groupings: vec![
                ("grouping", groups(convention.grouping)),
                ("mon_grouping", groups(convention.mon_grouping)),
            ],
        }
    }
}

/// `strcoll`.
pub fn strcoll(first: &CStr, second: &CStr) -> c_int {
    // SAFETY: both are terminated.
    unsafe { libc::strcoll(first.as_ptr(), second.as_ptr()) }
}

/// `strxfrm`.
pub fn strxfrm(string: &CStr) -> Vec<u8> {
    let mut made = vec![0u8; string.count_bytes() + 1];
    loop {
        // SAFETY: the string is terminated, and there is room for so many bytes.
        let len = unsafe { libc::strxfrm(made.as_mut_ptr().cast(), string.as_ptr(), made.len()) };
        if len < made.len() {
            made.truncate(len);
            return made;
        }
        made.resize(len + 1, 0);
    }
}

unsafe extern "C" {
    fn dcgettext(domain: *const c_char, message: *const c_char, category: c_int) -> *mut c_char;
    fn textdomain(domain: *const c_char) -> *mut c_char;
    fn bindtextdomain(domain: *const c_char, folder: *const c_char) -> *mut c_char;
    fn bind_textdomain_codeset(domain: *const c_char, codeset: *const c_char) -> *mut c_char;
}

fn pointer(text: Option<&CString>) -> *const c_char {
    text.map_or(std::ptr::null(), |text| text.as_ptr())
}

/// `dcgettext`: the translation of a message.
pub fn translation(domain: Option<&CString>, message: &CStr, category: c_int) -> Vec<u8> {
    let _locked = locked();
    // SAFETY: strings are terminated, or null where that is allowed; translations stay where they are.
    unsafe { text(dcgettext(pointer(domain), message.as_ptr(), category)) }.unwrap_or_default()
}

/// `textdomain`.
pub fn set_domain(domain: Option<&CString>) -> Option<Vec<u8>> {
    let _locked = locked();
    // SAFETY: the string is terminated, or null.
    unsafe { text(textdomain(pointer(domain))) }
}

/// `bindtextdomain`.
pub fn bind_domain(domain: &CString, folder: Option<&CString>) -> Option<Vec<u8>> {
    let _locked = locked();
    // SAFETY: the strings are terminated, or null.
    unsafe { text(bindtextdomain(domain.as_ptr(), pointer(folder))) }
}

/// `bind_textdomain_codeset`.
pub fn bind_codeset(domain: &CString, codeset: Option<&CString>) -> Option<Vec<u8>> {
    let _locked = locked();
    // SAFETY: the strings are terminated, or null.
    unsafe { text(bind_textdomain_codeset(domain.as_ptr(), pointer(codeset))) }
}
