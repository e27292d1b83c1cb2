"""What objects show of themselves at Python's prompt and in notebooks.

`str()` is NEURON's text, the name, so that scripts print what they print there; `repr()` begins
with it and goes on with what one wants to know.
"""

from nmodlrs import _nmodlrs

# numbers of a Vector at its beginning and at its end
_SHOWN = 5


def _number(value):
    return f"{value:.6g}"


def _values(values):
    return ", ".join(_number(value) for value in values)


def _variables(pairs):
    return ", ".join(f"{name}={_number(value)}" for name, value in pairs)


def _mechanisms(segment):
    return [name for name in (str(each) for each in segment) if not name.endswith("_ion")]


def section(self):
    """soma: L=20, diam=20, nseg=1, hh."""
    name = str(self)
    facts = [f"L={_number(self.L)}", f"diam={_number(self.diam)}", f"nseg={self.nseg}"]
    facts += _mechanisms(self(0.5))
    if (parent := self.parentseg()) is not None:
        facts.append(f"on {parent}")
    return f"<{name}: {', '.join(facts)}>"


def segment(self):
    """soma(0.5): v=-65, hh."""
    facts = [f"v={_number(self.v)}", *_mechanisms(self)]
    facts += [str(point) for point in self.point_processes()]
    return f"<{self}: {', '.join(facts)}>"


def mechanism(self):
    """hh of soma(0.5): gnabar=0.12, ..."""
    pairs = []
    for variable in self:
        try:
            pairs.append((variable.name().removesuffix(f"_{self}"), float(variable[0])))
        except (AttributeError, TypeError, ValueError):
            continue
    return f"<{self} of {self.segment()}: {_variables(pairs)}>"


def point_process(self):
    """IClamp[0] at soma(0.5): delay=1, dur=2, amp=0.5."""
    name = self._mechanism
    place = self.get_segment() if self.has_loc() else None
    where = f"{self} at {place}" if place is not None else str(self)
    # parameters, and states once there are any
    roles = [
        (variable, size)
        for variable, role, size, _ in _nmodlrs.mechanism_variables(name)
        if role in (1, 3)
    ]
    facts = [(variable, getattr(self, variable)) for variable, size in roles if size == 1]
    # `del` is a word of Python
    facts = [("delay" if variable == "del" else variable, value) for variable, value in facts]
    return f"<{where}: {_variables(facts)}>"


def vector(self):
    """Vector[0] of 3: 1, 2, 3."""
    count = len(self)
    if count <= 2 * _SHOWN:
        shown = _values(self)
    else:
        shown = f"{_values(self[:_SHOWN])}, ..., {_values(self[count - _SHOWN:])}"
    return f"<{self} of {count}{': ' if count else ''}{shown}>"


def netcon(self):
    """NetCon[0]: soma(0.5) > 10 -> ExpSyn[0], delay=1, weight=0.5."""
    if (source := self.pre()) is None and (source := self.preseg()) is not None:
        source = f"{source} > {_number(self.threshold)}"
    weights = _values(self.weight[i] for i in range(int(self.wcnt())))
    return f"<{self}: {source} -> {self.syn()}, delay={_number(self.delay)}, weight={weights}>"


def several(self):
    """List[0] of 2: ..."""
    items = [str(each) for each in self]
    shown = items if len(items) <= 2 * _SHOWN else [*items[:_SHOWN], "...", *items[-_SHOWN:]]
    return f"<{self} of {len(items)}{': ' if items else ''}{', '.join(shown)}>"


SHOWN = {
    _nmodlrs.Section: section,
    _nmodlrs.Segment: segment,
    _nmodlrs.Mechanism: mechanism,
    _nmodlrs.PointProcess: point_process,
    _nmodlrs.NetCon: netcon,
    _nmodlrs.Vector: vector,
    _nmodlrs.SectionList: several,
}


def install():
    """Gives the native classes these texts, and the names that they had to `str`."""
    for cls, text in SHOWN.items():
        name = cls.__repr__
        if "__str__" not in vars(cls):
            cls.__str__ = name
        cls.__repr__ = _with_name(text, name)
    _nmodlrs.Section.__dir__ = section_names


def section_names(self):
    """Names for tab completion: those of the class, and range variables."""
    names = set(object.__dir__(self))
    try:
        middle = self(0.5)
    except ReferenceError:
        return sorted(names)
    names.update(set(dir(middle)) - set(dir(type(middle))) - {str(each) for each in middle})
    return sorted(names)


def _with_name(text, name):
    def __repr__(self):
        try:
            return text(self)
        except (AttributeError, LookupError, ReferenceError, RuntimeError, TypeError, ValueError):
            # what was deleted, or is not made completely yet, has a name at most
            return name(self)

    __repr__.__doc__ = text.__doc__
    return __repr__
