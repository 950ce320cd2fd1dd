use super::*;
impl Parser<'_> {
    pub(super) fn invalid_named_expression(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_expression(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_legacy_expression(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_arithmetic(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_factor(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_group(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_comprehension(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_dict(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_dict_comprehension(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_for_if_clause(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_for_target(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_arguments(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_keyword_argument(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_starred_unpacking(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_statement_start(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_raise(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_delete(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_import(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_import_from_targets(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_else(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_for(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_with_indent(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_with(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_with_item(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_try(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_finally(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_function(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_class(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_type_parameters(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_type_parameter(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_case(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_match(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_as_pattern(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_class_pattern(&mut self) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_parameters(&mut self, _owner: parameter::Owner) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_star_parameters(&mut self, _owner: parameter::Owner) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_keyword_parameters(&mut self, _owner: parameter::Owner) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_default(&mut self, _owner: parameter::Owner) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_star(&mut self) -> Failure {
        Failure::NoMatch
    }
    pub(super) fn indented_block_missing(&mut self) -> Failure {
        Failure::NoMatch
    }
    pub(super) fn indentation_error(&self, m: &str, span: Span) -> SyntaxError {
        SyntaxError::indentation(m, span)
    }
    pub(super) fn defer(&mut self, _e: SyntaxError) {}
    pub(super) fn diagnosed_call_arguments(&mut self) -> Parse<argument::CallArguments> {
        Err(Failure::NoMatch)
    }
    pub(super) fn diagnosed_assignment(&mut self) -> Parse<Option<crate::ast::StmtKind>> {
        Ok(None)
    }
    pub(super) fn invalid_import_target<T>(&mut self, _n: fn(&mut Self) -> Parse<T>) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_if(&mut self, _k: TokenKind, _n: &str) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_except_indent(&mut self, _n: bool) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_except(&mut self, _n: bool) -> Parse<()> {
        Ok(())
    }
    pub(super) fn invalid_replacement(&mut self, _n: fstring::Sort) -> Parse<()> {
        Ok(())
    }
}
