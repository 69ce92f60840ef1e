//! Boolean expressions over the names of conditions: `a && (b || !c)`.

use domain::Expression;

/// The expression of these words, or what is wrong with them.
pub fn parse_expression(words: &str) -> Result<Expression, String> {
    let mut reader = Reader { rest: words.trim() };
    let expression = reader.any()?;
    match reader.rest.trim() {
        "" => Ok(expression),
        rest => Err(format!("`{rest}` is left over in `{words}`")),
    }
}

/// Deepest nesting that is read.
const DEEPEST: usize = 64;

struct Reader<'w> {
    rest: &'w str,
}

impl Reader<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn any(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.all(0)?];
        while self.take("||") {
            parts.push(self.all(0)?);
        }
        Ok(one_or(parts, Expression::Or))
    }

    fn all(&mut self, depth: usize) -> Result<Expression, String> {
        let mut parts = vec![self.one(depth)?];
        while self.take("&&") {
            parts.push(self.one(depth)?);
        }
        Ok(one_or(parts, Expression::And))
    }

    fn one(&mut self, depth: usize) -> Result<Expression, String> {
        if depth > DEEPEST {
            return Err("is nested too deep".to_owned());
        }
        if self.take("!") {
            return Ok(Expression::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.take("(") {
            let inside = self.inside(depth + 1)?;
            return match self.take(")") {
                true => Ok(inside),
                false => Err("a bracket is not closed".to_owned()),
            };
        }
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
        let (name, rest) = rest.split_at(end.unwrap_or(rest.len()));
        if name.is_empty() {
            return Err(format!("a name is missing before `{rest}`"));
        }
        let name = name.to_owned();
        self.rest = &self.rest[self.rest.len() - rest.len()..];
        Ok(Expression::Is(name))
    }

    fn inside(&mut self, depth: usize) -> Result<Expression, String> {
        let mut parts = vec![self.all(depth)?];
        while self.take("||") {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Expression::Or))
    }
}

fn one_or(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

/// Whether the expression holds, given which conditions do.
pub(super) fn holds(expression: &Expression, is: &dyn Fn(&str) -> bool) -> bool {
    match expression {
        Expression::Is(id) => is(id),
        Expression::Not(inside) => !holds(inside, is),
        Expression::And(parts) => parts.iter().all(|part| holds(part, is)),
        Expression::Or(parts) => parts.iter().any(|part| holds(part, is)),
    }
}

/// The conditions that are asked for without a not, whose proofs are the rule's.
pub(super) fn affirmed(expression: &Expression) -> Vec<&str> {
    match expression {
        Expression::Is(id) => vec![id],
        Expression::Not(_) => Vec::new(),
        Expression::And(parts) | Expression::Or(parts) => parts.iter().flat_map(affirmed).collect(),
    }
}

/// Every name in the expression.
pub(super) fn names(expression: &Expression) -> Vec<&str> {
    match expression {
        Expression::Is(id) => vec![id],
        Expression::Not(inside) => names(inside),
        Expression::And(parts) | Expression::Or(parts) => parts.iter().flat_map(names).collect(),
    }
}
