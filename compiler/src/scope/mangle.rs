//! Private names: `__name` in class `C` is `_C__name`.

use std::rc::Rc;

/// Which names are private in a block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Privacy {
    /// The class whose private names they are.
    pub class_name: Option<Rc<str>>,
    /// Where the bases of a generic class are evaluated, only its type parameters are private: these.
    pub only: Option<Rc<[Rc<str>]>>,
}

impl Privacy {
    /// The name that `name` stands for.
    pub fn mangle(&self, name: &Rc<str>) -> Rc<str> {
        match (&self.class_name, &self.only) {
            (Some(class_name), None) => mangle(class_name, name),
            (Some(class_name), Some(only)) if only.contains(name) => mangle(class_name, name),
            _ => name.clone(),
        }
    }
}

/// The name that `name` stands for within class `class_name`.
fn mangle(class_name: &str, name: &Rc<str>) -> Rc<str> {
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
        let mangled = |class: &str, name: &str| mangle(class, &name.into()).to_string();
        assert_eq!(mangled("C", "__x"), "_C__x");
        assert_eq!(mangled("__C", "__x_"), "_C__x_");
        assert_eq!(mangled("C", "__x__"), "__x__");
        assert_eq!(mangled("C", "_x"), "_x");
        assert_eq!(mangled("__", "__x"), "__x");
        assert_eq!(&*Privacy::default().mangle(&"__x".into()), "__x");
    }
}
