"""Functions of hoc, and classes: what `proc`, `func` and `begintemplate` make.

A class is a Python class whose objects have hoc's names (`Cell[0]`); what is public are attributes.
"""

import sys

from nmodlrs import _nmodlrs
from nmodlrs.language import names
from nmodlrs.template import Numbered


# calls within calls, as many as NEURON allows; each takes some twenty of Python's
DEEPEST = 512
PYTHONS_LIMIT = 25 * DEEPEST


class Function:
    """A proc, func, obfunc or iterator."""

    depth = 0

    def __init__(self, kind, name, body, instance=None):
        self.kind, self.__name__, self.body, self.instance = kind, name, body, instance

    def __call__(self, *arguments):
        return self.iterate(arguments, None)

    def __repr__(self):
        return f"<{self.kind} {self.__name__} of hoc>"

    def iterate(self, arguments, body):
        """Calls it, with the statement of a loop for iterators."""
        from nmodlrs.language.expressions import Returned, Stop, numeric

        if Function.depth >= DEEPEST:
            raise names.HocError(f"hoc: more than {DEEPEST} calls within each other, of {self.__name__}")
        frame = names.Frame(self.instance, tuple(arguments), self.__name__)
        frame.body = body
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, PYTHONS_LIMIT))
        Function.depth += 1
        try:
            self.body.run(frame)
        except Returned as returned:
            value = returned.args[0]
            if self.kind == "func":
                return numeric(value, f"the result of func {self.__name__}")
            return value if self.kind == "obfunc" else 0.0
        except Stop:
            # it ends what was asked for at the top
            if Function.depth > 1:
                raise
        finally:
            Function.depth -= 1
            if Function.depth == 0:
                sys.setrecursionlimit(limit)
        return None if self.kind == "obfunc" else 0.0


class Method(Function):
    """A function of an object."""


class Instance(Numbered):
    """Base of the classes that hoc defines."""

    _publics = frozenset()
    _externals = frozenset()
    _statements = ()

    def __init__(self, *arguments):
        from nmodlrs.language import statements

        vars(self)["_members"] = {}
        frame = names.Frame(self, arguments, type(self).__name__)
        for statement in self._statements:
            if isinstance(statement, statements.Define):
                kind, name, body = statement.kind, statement.name, statement.body
                self._members[name] = Method(kind, name, body, self)
            elif isinstance(statement, (statements.Create, statements.Declare)):
                statement.run(frame)
            elif isinstance(statement, statements.Evaluate) and statement.assigned():
                # as in NEURON an assignment declares the number, which init sets
                self._members.setdefault(statement.assigned(), 0.0)
        for name in self._publics:
            self._members.setdefault(name, 0.0)
        begin = self._members.get("init")
        if begin is not None:
            begin(*arguments)

    @classmethod
    def all(cls):
        """The objects that there are, in the order in which they were made."""
        return [each for made in cls.__subclasses__() for each in _nmodlrs.instances(made.__name__)]

    def __getattr__(self, name):
        if name.startswith("_") and not name.startswith("_ref_"):
            raise AttributeError(name)
        members = vars(self).get("_members", {})
        if name.startswith("_ref_") and name[5:] in members:
            from nmodlrs.language.expressions import Slot

            return Slot(members, name[5:])
        if name in members and name in self._publics:
            return members[name]
        private = "is not public" if name in members else "does not exist"
        raise AttributeError(f"{self._name}.{name} {private}", name=name, obj=self)

    def __setattr__(self, name, value):
        if name.startswith("_"):
            vars(self)[name] = value
        elif name in self._members and name in self._publics:
            names.check(name, self._members[name], value)
            old = self._members[name]
            self._members[name] = float(value) if isinstance(old, float) else value
        else:
            raise LookupError(f"{self._name} has no public variable {name}")

    def __dir__(self):
        return sorted({*super().__dir__(), *self._publics})


def make(name, found):
    """The class of a template."""
    from nmodlrs.language import statements

    publics, externals, rest = [], [], []
    for statement in found:
        if isinstance(statement, statements.Public):
            publics += statement.names
        elif isinstance(statement, statements.External):
            externals += statement.names
        else:
            rest.append(statement)
    attributes = {
        "_numbered": True,
        "_publics": frozenset(publics),
        "_externals": frozenset(externals),
        "_statements": rest,
        "__module__": "hoc",
    }
    return type(name, (Instance,), attributes)
