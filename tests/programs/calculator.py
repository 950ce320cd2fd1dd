"""A tokenizer and a recursive-descent parser for arithmetic."""


def tokenize(text):
    position = 0
    while position < len(text):
        c = text[position]
        if c.isspace():
            position += 1
        elif c.isdigit() or c == ".":
            start = position
            while position < len(text) and (text[position].isdigit() or text[position] == "."):
                position += 1
            yield "number", text[start:position]
        elif c.isalpha():
            start = position
            while position < len(text) and text[position].isalnum():
                position += 1
            yield "name", text[start:position]
        elif c in "+-*/^()=":
            position += 1
            yield c, c
        else:
            raise SyntaxError(f"unexpected {c!r} at {position}")
    yield "end", ""


class Parser:
    def __init__(self, variables):
        self.variables = variables

    def run(self, text):
        self.tokens = list(tokenize(text))
        self.index = 0
        if len(self.tokens) > 2 and self.tokens[0][0] == "name" and self.tokens[1][0] == "=":
            name = self.tokens[0][1]
            self.index = 2
            value = self.variables[name] = self.expression()
        else:
            value = self.expression()
        self.expect("end")
        return value

    def peek(self):
        return self.tokens[self.index][0]

    def take(self):
        token = self.tokens[self.index]
        self.index += 1
        return token

    def expect(self, kind):
        if self.peek() != kind:
            raise SyntaxError(f"expected {kind}, got {self.peek()}")
        return self.take()

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            if self.take()[0] == "+":
                value += self.term()
            else:
                value -= self.term()
        return value

    def term(self):
        value = self.factor()
        while self.peek() in ("*", "/"):
            operator, _ = self.take()
            right = self.factor()
            value = value * right if operator == "*" else value / right
        return value

    def factor(self):
        if self.peek() == "-":
            self.take()
            return -self.factor()
        base = self.atom()
        if self.peek() == "^":
            self.take()
            return base ** self.factor()
        return base

    def atom(self):
        kind, text = self.take()
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "name":
            return self.variables[text]
        if kind == "(":
            value = self.expression()
            self.expect(")")
            return value
        raise SyntaxError(f"unexpected {kind}")


parser = Parser({"pi": 3.14159})
for line in [
    "1 + 2 * 3",
    "(1 + 2) * 3",
    "2 ^ 3 ^ 2",
    "-2 ^ 2",
    "10 / 4",
    "x = 7",
    "x * x - 1",
    "pi * 2",
    "1 / 0",
    "2 +",
    "3 $ 4",
    "y",
    "(1",
    "1.5.2",
    "2 * (3 + 4) * (5 - 2)",
]:
    try:
        print(line, "=>", parser.run(line))
    except (SyntaxError, KeyError, ZeroDivisionError, ValueError) as error:
        print(line, "=>", type(error).__name__, error)
