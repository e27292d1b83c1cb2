"""What statements of hoc do: `run(frame)`."""

import re
from dataclasses import dataclass

from nmodlrs import _nmodlrs
from nmodlrs.language import names, templates
from nmodlrs.language.expressions import (
    EPSILON,
    Accessed,
    Argument,
    Assign,
    Break,
    Continue,
    Path,
    Returned,
    Step,
    Stop,
    numeric,
    shown,
    truth,
)
from nmodlrs.language.names import (
    CALLABLE,
    OBJECT,
    SECTION,
    STRING,
    Array,
    Frame,
    HocError,
    Sections,
    accessed,
    find,
    top,
)


@dataclass
class Evaluate:
    expression: object

    def run(self, frame):
        self.expression.value(frame)

    def assigned(self):
        """The name that is set, if it is one alone."""
        target = getattr(self.expression, "target", None)
        steps = getattr(target, "steps", ())
        return steps[0].name if len(steps) == 1 else None


# those of NEURON's library of which h has functions
PROCEDURES = {
    "advance",
    "continuerun",
    "init",
    "run",
    "set_ra",
    "setdt",
    "stdinit",
    "step",
    "steprun",
}


@dataclass
class Shown:
    """An expression that stands alone at the top, whose value is printed."""

    expression: object

    def run(self, frame):
        value = self.expression.value(frame)
        if isinstance(self.expression, Assign) or self.is_procedure():
            return
        if isinstance(value, str):
            print(value)
        elif not isinstance(value, (_nmodlrs.Section, Sections, Array)):
            print(f"\t{shown(value)} ")

    def is_procedure(self):
        """Whether it calls a proc, which has no value."""
        steps = getattr(self.expression, "steps", ())
        if len(steps) != 1 or isinstance(steps[0].name, Argument):
            return False
        if steps[0].name in PROCEDURES:
            return True
        return getattr(vars(top()).get(steps[0].name), "kind", None) == "proc"


@dataclass
class Block:
    statements: list

    def run(self, frame):
        for statement in self.statements:
            statement.run(frame)


@dataclass
class Within:
    """A statement within a section."""

    path: Path
    statement: object

    def run(self, frame):
        section = self.path.value(frame)
        if isinstance(section, Sections):
            section = section[0]
        if isinstance(section, _nmodlrs.Section):
            with Accessed(section):
                self.statement.run(frame)
        else:
            self.statement.run(frame)


@dataclass
class If:
    condition: object
    then: object
    other: object

    def run(self, frame):
        if truth(self.condition.value(frame)):
            self.then.run(frame)
        elif self.other is not None:
            self.other.run(frame)


def turn(statement, frame):
    """One turn of a loop; false if it ends."""
    try:
        statement.run(frame)
    except Continue:
        pass
    except Break:
        return False
    return True


@dataclass
class While:
    condition: object
    statement: object

    def run(self, frame):
        while truth(self.condition.value(frame)):
            if not turn(self.statement, frame):
                return


@dataclass
class For:
    begin: object
    condition: object
    step: object
    statement: object

    def run(self, frame):
        self.begin.run(frame)
        while truth(self.condition.value(frame)):
            if not turn(self.statement, frame):
                return
            self.step.run(frame)


@dataclass
class Count:
    """`for i = 0, 3`."""

    variable: object
    first: object
    last: object
    statement: object

    def run(self, frame):
        value = numeric(self.first.value(frame), "for")
        last = numeric(self.last.value(frame), "for")
        self.variable.assign(frame, value)
        while value <= last + EPSILON:
            if not turn(self.statement, frame):
                return
            value = numeric(self.variable.value(frame), "for") + 1.0
            self.variable.assign(frame, value)


@dataclass
class Segments:
    """`for (x)`: the places of the accessed section, with 0 and 1 unless `for (x, 0)`."""

    name: str
    ends: object
    statement: object

    def run(self, frame):
        section = accessed()
        with_ends = truth(self.ends.value(frame))
        for segment in list(section.allseg() if with_ends else section):
            names.store(self.name, float(segment.x), frame)
            if not turn(self.statement, frame):
                return


@dataclass
class ForSections:
    """`forall`, and `forsec` with a SectionList or a regular expression of names."""

    which: object
    statement: object

    def run(self, frame):
        which = self.which.value(frame) if self.which is not None else None
        among = list(top().allsec() if which is None or isinstance(which, str) else which)
        for section in among:
            if isinstance(which, str) and not re.search(pattern(which), section.name()):
                continue
            with Accessed(section):
                if not turn(self.statement, frame):
                    return


@dataclass
class IfSection:
    which: object
    statement: object

    def run(self, frame):
        which, section = self.which.value(frame), accessed()
        if isinstance(which, str):
            there = re.search(pattern(which), section.name()) is not None
        else:
            there = any(section.same(each) for each in which)
        if there:
            self.statement.run(frame)


def pattern(text):
    """A regular expression of NEURON's as Python's: brackets stand for themselves."""
    return text.replace("[", r"\[").replace("]", r"\]").replace("<", "[").replace(">", "]")


@dataclass
class Print:
    expressions: list

    def run(self, frame):
        found = [each.value(frame) for each in self.expressions]
        print("".join(v if isinstance(v, str) else f"{shown(v)} " for v in found))


@dataclass
class Return:
    expression: object

    def run(self, frame):
        value = None if self.expression is None else self.expression.value(frame)
        raise Returned(value)


@dataclass
class Leave:
    how: type

    def run(self, _frame):
        raise self.how


@dataclass
class Iterate:
    """`for name(arguments)`: the iterator runs the statement at each `iterator_statement`."""

    name: str
    arguments: list
    statement: object

    def run(self, frame):
        iterator = find(self.name, frame)
        if getattr(iterator, "kind", None) != "iterator":
            raise HocError(f"hoc: {self.name} is no iterator")
        arguments = [each.value(frame) for each in self.arguments]
        try:
            iterator.iterate(arguments, (self.statement, frame))
        except Break:
            pass


@dataclass
class IteratorStatement:
    def run(self, frame):
        if frame.body is None:
            raise HocError("hoc: iterator_statement stands outside of an iterator")
        statement, outer = frame.body
        try:
            statement.run(outer)
        except Continue:
            pass


def keep(frame, name, value, kind):
    """Declares a name: in the object whose template is being read, or for all."""
    if frame.instance is None:
        names.hold(name, value, kind)
    else:
        frame.instance._members[name] = value


@dataclass
class Create:
    sections: list

    def run(self, frame):
        for name, length in self.sections:
            count = None if length is None else int(length.value(frame))
            owner = {} if frame.instance is None else {"cell": frame.instance}
            if frame.instance is None:
                names.hold(name, None, SECTION)
            if count is None:
                made = _nmodlrs.Section(name, **owner)
            else:
                made = Sections(name, (_nmodlrs.Section(f"{name}[{i}]", **owner) for i in range(count)))
            keep(frame, name, made, SECTION)


@dataclass
class Declare:
    """objref, strdef, double."""

    kind: str
    names: list

    def run(self, frame):
        kind, value = {
            "object": (OBJECT, None),
            "text": (STRING, ""),
            "array": (OBJECT, 0.0),
        }[self.kind]
        for name, length in self.names:
            initial = value
            if length is not None:
                initial = Array([value] * int(length.value(frame)))
            keep(frame, name, initial, kind)


@dataclass
class Local:
    names: list
    initial: object

    def run(self, frame):
        for name, length in self.names:
            size = 0 if length is None else int(length.value(frame))
            frame.locals[name] = Array([self.initial] * size) if size else self.initial


@dataclass
class Public:
    names: list

    def run(self, frame):
        raise HocError("hoc: public stands outside of a template")


@dataclass
class External:
    names: list

    def run(self, frame):
        raise HocError("hoc: external stands outside of a template")


def section_at(path, frame):
    """The section and place of `soma(0.5)`, or of the accessed section for a number."""
    if not isinstance(path, Path):
        return accessed(), numeric(path.value(frame), "a place")
    last = path.steps[-1]
    bare = Path([*path.steps[:-1], Step(last.name, last.indices, None)]).value(frame)
    if isinstance(bare, (int, float)):
        return accessed(), float(bare)
    if isinstance(bare, Sections):
        bare = bare[0]
    if not isinstance(bare, _nmodlrs.Section):
        raise HocError(f"hoc: {last.name} is no section")
    place = last.values(frame)
    return bare, numeric(place[0], "a place") if place else 0.0


@dataclass
class Access:
    path: Path

    def run(self, frame):
        section, _ = section_at(self.path, frame)
        section.push()


@dataclass
class Insert:
    name: str
    there: bool

    def run(self, _frame):
        section = accessed()
        section.insert(self.name) if self.there else section.uninsert(self.name)


@dataclass
class Connect:
    child: Path
    parent: object

    def run(self, frame):
        child, end = section_at(self.child, frame)
        parent, x = section_at(self.parent, frame)
        child.connect(parent(x), end)


@dataclass
class SetPointer:
    pointer: Path
    target: Path

    def run(self, frame):
        holder = self.pointer.holder(frame)
        step = self.pointer.steps[-1]
        if holder is None or isinstance(holder, _nmodlrs.Section):
            place = step.values(frame)
            segment = (holder or accessed())(place[0] if place else 0.5)
            name, _, mechanism = step.name.rpartition("_")
            top().setpointer(self.target.reference(frame), name, getattr(segment, mechanism))
            return
        top().setpointer(self.target.reference(frame), step.name, holder)


@dataclass
class Define:
    kind: str
    name: str
    body: object

    def run(self, frame):
        function = templates.Function(self.kind, self.name, self.body)
        if frame.instance is None:
            if names.declared.get(self.name) != CALLABLE and self.name in names.declared:
                raise HocError(f"hoc: {self.name} is declared as something else")
            names.declared[self.name] = CALLABLE
            vars(top())[self.name] = function
        else:
            raise HocError(f"hoc: {self.kind} {self.name} stands inside of a statement")


@dataclass
class Template:
    name: str
    statements: list

    def run(self, _frame):
        names.declared[self.name] = CALLABLE
        vars(top())[self.name] = templates.make(self.name, self.statements)


def execute(statements, frame=None):
    """Runs statements one after the other."""
    frame = frame or Frame()
    try:
        for statement in statements:
            statement.run(frame)
    except Stop:
        pass
    except (Break, Continue):
        raise HocError("hoc: break and continue stand outside of a loop") from None
    except Returned:
        raise HocError("hoc: return stands outside of a function") from None
    except RecursionError:
        raise HocError("hoc: calls are nested too deeply") from None
