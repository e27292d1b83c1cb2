"""Statements of hoc from words: recursive descent, precedences as NEURON's.

A statement ends with its line; within braces several may follow each other on a line. A section's
name with a statement behind it, `soma insert hh`, is that statement within the section.
"""

from nmodlrs.language import expressions, statements
from nmodlrs.language.tokens import HocSyntaxError, tokens, unquoted

ASSIGNMENTS = ("=", "+=", "-=", "*=", "/=")
# from the weakest; unary signs bind stronger than these, powers stronger than signs
BINARY = (("||",), ("&&",), (">", ">=", "<", "<=", "==", "!="), ("+", "-"), ("*", "/", "%"))
UNSUPPORTED = ("help", "em", "debug", "eqn", "dep", "parallel", "batch_save_graph")


def parse(text):
    """The statements of a text, as a list.

    HocSyntaxError says what cannot be read; then nothing was executed.
    """
    return Parser(text).program()


class Parser:
    """Reads one text."""

    def __init__(self, text):
        self.tokens = tokens(text)
        self.at = 0

    # ---- words

    @property
    def token(self):
        return self.tokens[self.at]

    def ahead(self, count=1):
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def next(self):
        token = self.token
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def error(self, expected):
        found = {"line": "the end of the line", "end": "the end"}.get(
            self.token.kind, repr(self.token.text)
        )
        return HocSyntaxError(f"hoc, line {self.token.line}: {expected} expected, not {found}")

    def is_operator(self, *texts):
        return self.token.kind == "operator" and self.token.text in texts

    def take(self, *texts):
        """Goes over one of these operators, if it is next."""
        return self.next().text if self.is_operator(*texts) else None

    def expect(self, text):
        if self.take(text) is None:
            raise self.error(f"`{text}`")

    def name(self):
        if self.token.kind != "name":
            raise self.error("a name")
        return self.next().text

    def blank_lines(self):
        while self.token.kind == "line":
            self.next()

    # ---- statements

    def program(self):
        found = []
        while True:
            self.blank_lines()
            if self.token.kind == "end":
                return found
            statement = self.statement()
            shown = isinstance(statement, statements.Evaluate)
            found.append(statements.Shown(statement.expression) if shown else statement)
            if self.token.kind not in ("line", "end"):
                raise self.error("the end of the statement")

    def statement(self):
        if self.is_operator("{"):
            return self.block()
        if self.token.kind == "name":
            word = self.token.text
            if word in UNSUPPORTED:
                raise NotImplementedError(f"hoc, line {self.token.line}: {word} is not supported")
            read = getattr(self, f"read_{word}", None)
            if read is not None:
                self.next()
                return read()
        expression = self.expression()
        if isinstance(expression, expressions.Path) and self.begins_statement():
            return statements.Within(expression, self.statement())
        return statements.Evaluate(expression)

    def begins_statement(self):
        return self.token.kind in ("name", "argument") or self.is_operator("{")

    def block(self):
        self.expect("{")
        found = []
        while True:
            self.blank_lines()
            if self.take("}") is not None:
                return statements.Block(found)
            if self.token.kind == "end":
                raise self.error("`}`")
            found.append(self.statement())

    def body(self):
        """The statement that belongs to a head, which may stand on the next line."""
        self.blank_lines()
        return self.statement()

    def read_if(self):
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        then = self.body()
        before = self.at
        self.blank_lines()
        if self.token.kind == "name" and self.token.text == "else":
            self.next()
            return statements.If(condition, then, self.body())
        self.at = before
        return statements.If(condition, then, None)

    def read_while(self):
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        return statements.While(condition, self.body())

    def read_for(self):
        if self.token.kind == "name" and self.ahead().text == "(":
            name, arguments = self.name(), self.arguments()
            return statements.Iterate(name, arguments, self.body())
        if self.take("(") is None:
            variable = self.postfix()
            self.expect("=")
            first = self.expression()
            self.expect(",")
            return statements.Count(variable, first, self.expression(), self.body())
        if self.token.kind == "name" and self.ahead().text in (")", ","):
            name = self.name()
            ends = expressions.Number(1.0) if self.take(",") is None else self.expression()
            self.expect(")")
            return statements.Segments(name, ends, self.body())
        begin = self.several(";")
        condition = expressions.Number(1.0) if self.is_operator(";") else self.expression()
        self.expect(";")
        step = self.several(")")
        return statements.For(begin, condition, step, self.body())

    def several(self, end):
        found = []
        while not self.is_operator(end):
            found.append(self.statement())
            if self.take(",") is None:
                break
        self.expect(end)
        return statements.Block(found)

    def read_forall(self):
        return statements.ForSections(None, self.body())

    def read_forsec(self):
        return statements.ForSections(self.expression(), self.body())

    def read_ifsec(self):
        return statements.IfSection(self.expression(), self.body())

    def read_print(self):
        found = []
        while self.token.kind not in ("line", "end") and not self.is_operator("}"):
            found.append(self.expression())
            if self.take(",") is None:
                break
        return statements.Print(found)

    def read_return(self):
        end = self.token.kind in ("line", "end") or self.is_operator("}")
        return statements.Return(None if end else self.expression())

    def read_break(self):
        return statements.Leave(expressions.Break)

    def read_continue(self):
        return statements.Leave(expressions.Continue)

    def read_stop(self):
        return statements.Leave(expressions.Stop)

    def read_iterator_statement(self):
        return statements.IteratorStatement()

    def names(self):
        """Names, some with a length in brackets."""
        found = []
        while True:
            name, length = self.name(), None
            if self.take("[") is not None:
                length = self.expression()
                self.expect("]")
            found.append((name, length))
            if self.take(",") is None:
                return found

    def read_create(self):
        return statements.Create(self.names())

    def read_objref(self):
        return statements.Declare("object", self.names())

    read_objectvar = read_objref

    def read_strdef(self):
        return statements.Declare("text", self.names())

    def read_double(self):
        return statements.Declare("array", self.names())

    def read_local(self):
        return statements.Local(self.names(), 0.0)

    def read_localobj(self):
        return statements.Local(self.names(), None)

    def read_public(self):
        return statements.Public([name for name, _ in self.names()])

    def read_external(self):
        return statements.External([name for name, _ in self.names()])

    def read_access(self):
        return statements.Access(self.postfix())

    def read_insert(self):
        return statements.Insert(self.name(), True)

    def read_uninsert(self):
        return statements.Insert(self.name(), False)

    def read_connect(self):
        child = self.postfix()
        self.expect(",")
        return statements.Connect(child, self.expression())

    def read_setpointer(self):
        pointer = self.postfix()
        self.expect(",")
        return statements.SetPointer(pointer, self.postfix())

    def function(self, kind):
        name = self.name()
        self.expect("(")
        self.expect(")")
        return statements.Define(kind, name, self.body())

    def read_proc(self):
        return self.function("proc")

    def read_func(self):
        return self.function("func")

    def read_obfunc(self):
        return self.function("obfunc")

    def read_iterator(self):
        return self.function("iterator")

    def read_begintemplate(self):
        name, found = self.name(), []
        while True:
            self.blank_lines()
            if self.token.kind == "end":
                raise self.error(f"`endtemplate {name}`")
            if self.token.text == "endtemplate":
                self.next()
                if self.name() != name:
                    self.at -= 1
                    raise self.error(f"`{name}`")
                return statements.Template(name, found)
            found.append(self.statement())

    # ---- expressions

    def expression(self):
        left = self.binary(0)
        if not self.is_operator(*ASSIGNMENTS):
            return left
        if not isinstance(left, (expressions.Path, expressions.Argument)):
            raise self.error("an operator")
        operator = self.next().text
        value = self.expression()
        if self.take(":") is not None:
            value = expressions.Range(value, self.expression())
        return expressions.Assign(left, operator, value)

    def binary(self, level):
        if level == len(BINARY):
            return self.unary()
        left = self.binary(level + 1)
        while self.is_operator(*BINARY[level]):
            operator = self.next().text
            left = expressions.Binary(operator, left, self.binary(level + 1))
        return left

    def unary(self):
        operator = self.take("-", "!", "+")
        if operator is not None:
            return expressions.Unary(operator, self.unary())
        base = self.primary()
        if self.take("^") is not None:
            return expressions.Binary("^", base, self.unary())
        return base

    def primary(self):
        token = self.token
        if token.kind == "number":
            self.next()
            return expressions.Number(float(token.text))
        if token.kind == "text":
            self.next()
            return expressions.Text(unquoted(token.text))
        if self.take("(") is not None:
            inner = self.expression()
            self.expect(")")
            return inner
        if self.take("&") is not None:
            return expressions.Reference(self.postfix())
        if token.kind == "name" and token.text == "new":
            self.next()
            name = self.name()
            return expressions.New(name, self.arguments() if self.is_operator("(") else [])
        if token.kind in ("name", "argument"):
            return self.postfix()
        raise self.error("an expression")

    def postfix(self):
        """A name or argument with indices, places or arguments, and what is within it."""
        if self.token.kind == "argument":
            first = expressions.Argument(self.next().text[1:])
            if not self.is_operator(".", "["):
                return first
            steps = [self.step(first)]
        else:
            steps = [self.step(self.name())]
        while self.take(".") is not None:
            steps.append(self.step(self.name()))
        return expressions.Path(steps)

    def step(self, name):
        indices, arguments = [], None
        while self.take("[") is not None:
            indices.append(self.expression())
            self.expect("]")
        if self.is_operator("("):
            arguments = self.arguments()
        return expressions.Step(name, indices, arguments)

    def arguments(self):
        self.expect("(")
        found = []
        while not self.is_operator(")"):
            self.blank_lines()
            value = self.expression()
            if self.take(":") is not None:
                value = expressions.Range(value, self.expression())
            found.append(value)
            self.blank_lines()
            if self.take(",") is None:
                break
            self.blank_lines()
        self.expect(")")
        return found
