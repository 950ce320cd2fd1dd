//! What functions, classes and calls have: parameters, keyword arguments, type parameters.

use argil_compiler::ast::{Arg, Arguments, Keyword, Parameter, TypeParam, TypeParamKind};

use super::{Context, Reader, node_of, unexpected};
use crate::ast::grammar::Node;
use crate::ctx::{Ctx, Res, Slot};

impl Reader {
    pub(super) fn keywords(&mut self, cx: &mut Ctx, object: Slot, of: Node) -> Res<Vec<Keyword>> {
        self.each(cx, object, of, "keywords", |this, cx, item| {
            this.deeper(cx, "keyword", |this, cx| {
                let arg = this.maybe_name(cx, item, "arg")?;
                let value = this.required(cx, item, "keyword", "value")?;
                if cx.get(value).is_none() {
                    return Err(super::missing(cx, "keyword", "value"));
                }
                let value = this.expr(cx, value, Some(Context::Load))?;
                let place = this.place(cx, item, Node::Keyword)?;
                let arg = arg.map(|arg| this.identifier(arg, place));
                Ok(Keyword { arg, value, span: this.span(place) })
            })
        })
    }

    /// The parameters in the field `args`.
    pub(super) fn arguments_of(&mut self, cx: &mut Ctx, object: Slot, of: Node) -> Res<Arguments> {
        let args = self.required(cx, object, of.def().name, "args")?;
        self.deeper(cx, "arguments", |this, cx| this.arguments(cx, args))
    }

    fn arguments(&mut self, cx: &mut Ctx, object: Slot) -> Res<Arguments> {
        let node = Node::Arguments;
        let posonlyargs = self.args(cx, object, "posonlyargs")?;
        let args = self.args(cx, object, "args")?;
        let vararg = self.maybe_arg(cx, object, "vararg")?;
        let kwonlyargs = self.args(cx, object, "kwonlyargs")?;
        let kw_defaults = self.gapped_exprs(cx, object, node, "kw_defaults", Context::Load)?;
        let kwarg = self.maybe_arg(cx, object, "kwarg")?;
        let defaults = self.exprs(cx, object, node, "defaults", Context::Load)?;
        if defaults.len() > posonlyargs.len() + args.len() {
            self.note_value("more positional defaults than args on arguments");
        }
        if kw_defaults.len() != kwonlyargs.len() {
            self.note_value("length of kwonlyargs is not the same as kw_defaults on arguments");
        }
        let plain = (posonlyargs.len() + args.len()).saturating_sub(defaults.len());
        let mut defaults = std::iter::repeat_n(None, plain).chain(defaults.into_iter().map(Some));
        let mut with_defaults = |args: Vec<Arg>| -> Vec<Parameter> {
            args.into_iter().map(|arg| Parameter { arg, default: defaults.next().flatten() }).collect()
        };
        let (posonlyargs, args) = (with_defaults(posonlyargs), with_defaults(args));
        let keyword_defaults = kw_defaults.into_iter().chain(std::iter::repeat_with(|| None));
        let kwonlyargs = kwonlyargs.into_iter().zip(keyword_defaults);
        let kwonlyargs = kwonlyargs.map(|(arg, default)| Parameter { arg, default }).collect();
        Ok(Arguments { posonlyargs, args, vararg, kwonlyargs, kwarg })
    }

    fn args(&mut self, cx: &mut Ctx, object: Slot, field: &str) -> Res<Vec<Arg>> {
        self.each(cx, object, Node::Arguments, field, |this, cx, item| this.arg(cx, item))
    }

    fn maybe_arg(&mut self, cx: &mut Ctx, object: Slot, field: &str) -> Res<Option<Arg>> {
        match self.optional(cx, object, field)? {
            Some(arg) => self.arg(cx, arg).map(Some),
            None => Ok(None),
        }
    }

    fn arg(&mut self, cx: &mut Ctx, object: Slot) -> Res<Arg> {
        self.deeper(cx, "arg", |this, cx| {
            let name = this.given_name(cx, object, Node::Arg, "arg")?;
            let annotation = this.maybe_expr(cx, object, "annotation", Context::Load)?.map(Box::new);
            this.type_comment(cx, object)?;
            let place = this.place(cx, object, Node::Arg)?;
            Ok(Arg { name: this.identifier(name, place), annotation, span: this.span(place) })
        })
    }

    pub(super) fn type_params(&mut self, cx: &mut Ctx, object: Slot, of: Node) -> Res<Vec<TypeParam>> {
        self.each(cx, object, of, "type_params", |this, cx, item| {
            this.deeper(cx, "type_param", |this, cx| {
                let place = this.place(cx, item, Node::TypeParamSum)?;
                let Some(node) = node_of(cx, item, Node::TypeParamSum) else {
                    return Err(unexpected(cx, Node::TypeParamSum, item)?);
                };
                let name = this.given_name(cx, item, node, "name")?;
                this.check_name(&name);
                let (kind, bound) = match node {
                    Node::TypeVar => (TypeParamKind::TypeVar, this.maybe_expr(cx, item, "bound", Context::Load)?),
                    Node::ParamSpec => (TypeParamKind::ParamSpec, None),
                    _ => (TypeParamKind::TypeVarTuple, None),
                };
                let default_value = this.maybe_expr(cx, item, "default_value", Context::Load)?;
                let name = this.identifier(name, place);
                Ok(TypeParam { kind, name, bound, default_value, span: this.span(place) })
            })
        })
    }
}
