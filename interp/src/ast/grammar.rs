//! The abstract grammar of Python 3.14: every class of nodes with its fields. One table; the classes, what they say of
//! themselves, and the numbers by which the rest of this folder knows them are derived from it.

/// How many values a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// One.
    One,
    /// One or None.
    Maybe,
    /// A list of them.
    Many,
    /// A list in which None may stand for one.
    Gaps,
}

/// A field of a class of nodes.
#[derive(Clone, Copy, Debug)]
pub struct FieldDef {
    /// Its name.
    pub name: &'static str,
    /// What it holds: a class of nodes, or `identifier`, `string`, `int` or `constant`.
    pub of: &'static str,
    /// How many of them.
    pub count: Count,
}

/// A class of nodes.
#[derive(Clone, Copy, Debug)]
pub struct ClassDef {
    /// Its name.
    pub name: &'static str,
    /// The sum that it is one of; None for a sum, and for a class that stands alone.
    pub sum: Option<Node>,
    /// Its fields, in order.
    pub fields: &'static [FieldDef],
    /// Whether it says itself that its nodes have a place in the text.
    pub places: Option<Places>,
}

/// What nodes have of a place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// None.
    None,
    /// A beginning; the end may be left out.
    Open,
    /// A beginning and an end.
    Whole,
}

macro_rules! grammar {
    (
        sums {
            $($sum:ident $sum_name:ident $sum_places:ident {
                $($node:ident [$($count:ident $of:ident $field:ident),*])*
            })*
        }
        alone {
            $($alone:ident $alone_name:ident $alone_places:ident [$($a_count:ident $a_of:ident $a_field:ident),*])*
        }
    ) => {
        /// A class of nodes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are those of the language's own documentation")]
        pub enum Node {
            $($sum, $($node,)*)*
            $($alone,)*
        }

        /// All of them.
        pub const NODES: &[Node] = &[$(Node::$sum, $(Node::$node,)*)* $(Node::$alone,)*];

        impl Node {
            /// What the grammar says of it.
            pub const fn def(self) -> &'static ClassDef {
                match self {
                    $(
                        Node::$sum => &ClassDef {
                            name: stringify!($sum_name), sum: None, fields: &[], places: Some(Places::$sum_places),
                        },
                        $(Node::$node => &ClassDef {
                            name: stringify!($node), sum: Some(Node::$sum), places: None,
                            fields: &[$(FieldDef {
                                name: stringify!($field), of: stringify!($of), count: Count::$count,
                            }),*],
                        },)*
                    )*
                    $(Node::$alone => &ClassDef {
                        name: stringify!($alone_name), sum: None, places: Some(Places::$alone_places),
                        fields: &[$(FieldDef {
                            name: stringify!($a_field), of: stringify!($a_of), count: Count::$a_count,
                        }),*],
                    },)*
                }
            }
        }
    };
}

grammar! {
    sums {
        ModSum mod None {
            Module [Many stmt body, Many type_ignore type_ignores]
            Interactive [Many stmt body]
            Expression [One expr body]
            FunctionType [Many expr argtypes, One expr returns]
        }
        StmtSum stmt Open {
            FunctionDef [One identifier name, One arguments args, Many stmt body, Many expr decorator_list,
                Maybe expr returns, Maybe string type_comment, Many type_param type_params]
            AsyncFunctionDef [One identifier name, One arguments args, Many stmt body, Many expr decorator_list,
                Maybe expr returns, Maybe string type_comment, Many type_param type_params]
            ClassDef [One identifier name, Many expr bases, Many keyword keywords, Many stmt body,
                Many expr decorator_list, Many type_param type_params]
            Return [Maybe expr value]
            Delete [Many expr targets]
            Assign [Many expr targets, One expr value, Maybe string type_comment]
            TypeAlias [One expr name, Many type_param type_params, One expr value]
            AugAssign [One expr target, One operator op, One expr value]
            AnnAssign [One expr target, One expr annotation, Maybe expr value, One int simple]
            For [One expr target, One expr iter, Many stmt body, Many stmt orelse, Maybe string type_comment]
            AsyncFor [One expr target, One expr iter, Many stmt body, Many stmt orelse, Maybe string type_comment]
            While [One expr test, Many stmt body, Many stmt orelse]
            If [One expr test, Many stmt body, Many stmt orelse]
            With [Many withitem items, Many stmt body, Maybe string type_comment]
            AsyncWith [Many withitem items, Many stmt body, Maybe string type_comment]
            Match [One expr subject, Many match_case cases]
            Raise [Maybe expr exc, Maybe expr cause]
            Try [Many stmt body, Many excepthandler handlers, Many stmt orelse, Many stmt finalbody]
            TryStar [Many stmt body, Many excepthandler handlers, Many stmt orelse, Many stmt finalbody]
            Assert [One expr test, Maybe expr msg]
            Import [Many alias names]
            ImportFrom [Maybe identifier module, Many alias names, Maybe int level]
            Global [Many identifier names]
            Nonlocal [Many identifier names]
            Expr [One expr value]
            Pass []
            Break []
            Continue []
        }
        ExprSum expr Open {
            BoolOp [One boolop op, Many expr values]
            NamedExpr [One expr target, One expr value]
            BinOp [One expr left, One operator op, One expr right]
            UnaryOp [One unaryop op, One expr operand]
            Lambda [One arguments args, One expr body]
            IfExp [One expr test, One expr body, One expr orelse]
            Dict [Gaps expr keys, Many expr values]
            Set [Many expr elts]
            ListComp [One expr elt, Many comprehension generators]
            SetComp [One expr elt, Many comprehension generators]
            DictComp [One expr key, One expr value, Many comprehension generators]
            GeneratorExp [One expr elt, Many comprehension generators]
            Await [One expr value]
            Yield [Maybe expr value]
            YieldFrom [One expr value]
            Compare [One expr left, Many cmpop ops, Many expr comparators]
            Call [One expr func, Many expr args, Many keyword keywords]
            FormattedValue [One expr value, One int conversion, Maybe expr format_spec]
            Interpolation [One expr value, One constant str, One int conversion, Maybe expr format_spec]
            JoinedStr [Many expr values]
            TemplateStr [Many expr values]
            Constant [One constant value, Maybe string kind]
            Attribute [One expr value, One identifier attr, One expr_context ctx]
            Subscript [One expr value, One expr slice, One expr_context ctx]
            Starred [One expr value, One expr_context ctx]
            Name [One identifier id, One expr_context ctx]
            List [Many expr elts, One expr_context ctx]
            Tuple [Many expr elts, One expr_context ctx]
            Slice [Maybe expr lower, Maybe expr upper, Maybe expr step]
        }
        ContextSum expr_context None {
            Load []
            Store []
            Del []
        }
        BoolOpSum boolop None {
            And []
            Or []
        }
        OperatorSum operator None {
            Add []
            Sub []
            Mult []
            MatMult []
            Div []
            Mod []
            Pow []
            LShift []
            RShift []
            BitOr []
            BitXor []
            BitAnd []
            FloorDiv []
        }
        UnaryOpSum unaryop None {
            Invert []
            Not []
            UAdd []
            USub []
        }
        CmpOpSum cmpop None {
            Eq []
            NotEq []
            Lt []
            LtE []
            Gt []
            GtE []
            Is []
            IsNot []
            In []
            NotIn []
        }
        HandlerSum excepthandler Open {
            ExceptHandler [Maybe expr type, Maybe identifier name, Many stmt body]
        }
        PatternSum pattern Whole {
            MatchValue [One expr value]
            MatchSingleton [One constant value]
            MatchSequence [Many pattern patterns]
            MatchMapping [Many expr keys, Many pattern patterns, Maybe identifier rest]
            MatchClass [One expr cls, Many pattern patterns, Many identifier kwd_attrs, Many pattern kwd_patterns]
            MatchStar [Maybe identifier name]
            MatchAs [Maybe pattern pattern, Maybe identifier name]
            MatchOr [Many pattern patterns]
        }
        TypeIgnoreSum type_ignore None {
            TypeIgnore [One int lineno, One string tag]
        }
        TypeParamSum type_param Whole {
            TypeVar [One identifier name, Maybe expr bound, Maybe expr default_value]
            ParamSpec [One identifier name, Maybe expr default_value]
            TypeVarTuple [One identifier name, Maybe expr default_value]
        }
    }
    alone {
        Comprehension comprehension None [One expr target, One expr iter, Many expr ifs, One int is_async]
        Arguments arguments None [Many arg posonlyargs, Many arg args, Maybe arg vararg, Many arg kwonlyargs,
            Gaps expr kw_defaults, Maybe arg kwarg, Many expr defaults]
        Arg arg Open [One identifier arg, Maybe expr annotation, Maybe string type_comment]
        Keyword keyword Open [Maybe identifier arg, One expr value]
        Alias alias Open [One identifier name, Maybe identifier asname]
        WithItem withitem None [One expr context_expr, Maybe expr optional_vars]
        MatchCase match_case None [One pattern pattern, Maybe expr guard, Many stmt body]
    }
}

impl FieldDef {
    /// The field as the grammar spells it: `expr? value`.
    fn spelt(&self) -> String {
        let mark = match self.count {
            Count::One => "",
            Count::Maybe => "?",
            Count::Many => "*",
            Count::Gaps => "?*",
        };
        format!("{}{mark} {}", self.of, self.name)
    }
}

impl Node {
    /// The class as the grammar spells it: `Return(expr? value)`, or the sum with all that it is one of.
    pub fn spelt(self) -> String {
        let def = self.def();
        let parts: Vec<Node> = NODES.iter().copied().filter(|node| node.def().sum == Some(self)).collect();
        if parts.is_empty() {
            let fields: Vec<String> = def.fields.iter().map(FieldDef::spelt).collect();
            return if fields.is_empty() {
                def.name.to_owned()
            } else {
                format!("{}({})", def.name, fields.join(", "))
            };
        }
        let is_plain = parts.iter().all(|part| part.def().fields.is_empty());
        let margin = " ".repeat(def.name.len() + 1);
        let between = if is_plain { " | ".to_owned() } else { format!("\n{margin}| ") };
        let parts: Vec<String> = parts.into_iter().map(Node::spelt).collect();
        format!("{} = {}", def.name, parts.join(&between))
    }

    /// The class with this name.
    pub fn named(name: &str) -> Option<Node> {
        NODES.iter().copied().find(|node| node.def().name == name)
    }

    /// What nodes of this class have of a place.
    pub fn places(self) -> Places {
        let def = self.def();
        def.places.or_else(|| def.sum.and_then(|sum| sum.def().places)).unwrap_or(Places::None)
    }
}

/// The attributes of a node that has a place.
pub const PLACE: [&str; 4] = ["lineno", "col_offset", "end_lineno", "end_col_offset"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_spelt_as_in_the_grammar() {
        assert_eq!(Node::Return.spelt(), "Return(expr? value)");
        assert_eq!(Node::Load.spelt(), "Load");
        assert_eq!(Node::ContextSum.spelt(), "expr_context = Load | Store | Del");
        assert_eq!(Node::TypeIgnoreSum.spelt(), "type_ignore = TypeIgnore(int lineno, string tag)");
        assert!(Node::ModSum.spelt().contains("\n    | Interactive(stmt* body)"));
    }

    #[test]
    fn every_field_is_of_something_known() {
        let fields = NODES.iter().flat_map(|node| node.def().fields);
        let odd = fields.filter(|field| Node::named(field.of).is_none()).map(|field| field.of);
        assert!(odd.into_iter().all(|of| matches!(of, "identifier" | "string" | "int" | "constant")));
    }
}
