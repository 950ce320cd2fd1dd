//! Private names: `__name` in class `C` is `_C__name`.

use std::rc::Rc;

/// The name that `name` stands for within class `class_name`.
pub(crate) fn mangle(class_name: Option<&Rc<str>>, name: &Rc<str>) -> Rc<str> {
    let Some(class_name) = class_name else { return name.clone() };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.clone();
    }
    let class_name = class_name.trim_start_matches('_');
    if class_name.is_empty() {
        return name.clone();
    }
    format!("_{class_name}{name}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_private_names_in_named_classes_change() {
        let mangled = |class: &str, name: &str| mangle(Some(&class.into()), &name.into()).to_string();
        assert_eq!(mangled("C", "__x"), "_C__x");
        assert_eq!(mangled("__C", "__x_"), "_C__x_");
        assert_eq!(mangled("C", "__x__"), "__x__");
        assert_eq!(mangled("C", "_x"), "_x");
        assert_eq!(mangled("__", "__x"), "__x");
        assert_eq!(&*mangle(None, &"__x".into()), "__x");
    }
}
