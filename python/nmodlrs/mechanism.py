"""Loading of .mod files, MechanismType and MechanismStandard."""

import os
import re
from pathlib import Path

from nmodlrs import _nmodlrs
from nmodlrs.ref import Ref
from nmodlrs.template import Numbered

DENSITY, POINT, ARTIFICIAL, ION = range(4)


def load_mechanisms(source, *, replace=False, migrate=False):
    """Compiles mechanisms and makes them known: all of them, or none if there is a fault.

    source   a .mod file, a folder of them (INCLUDEs are found as in NEURON), or the text of one
    replace  a mechanism of the same name from another file is replaced; otherwise that is an
             error. Mechanisms that ship are always replaced, and so is what an earlier version of
             the same file had.
    migrate  existing instances of what is replaced take the new code and keep the values of their
             variables by name. Otherwise they run on with the code that they were made with, and
             only what is inserted or made from now on has the new.

    Returns the names of the mechanisms. Raises CompileError with the place and the cause of every
    fault.
    """
    if isinstance(source, str) and "\n" in source:
        names = _nmodlrs.load_text("<text>", source, replace)
    else:
        names = _nmodlrs.load_files(Path(source), replace)
    if migrate:
        for name in names:
            _nmodlrs.migrate(name)
    return names


def nrn_load_dll(path):
    """NEURON's name of `load_mechanisms`: a folder or a .mod file; returns 1.

    For a library that nrnivmodl made in a folder beside the .mod files, those are compiled.
    """
    path = Path(os.path.expanduser(path))
    if path.suffix in (".so", ".dll", ".dylib"):
        sources = next((each for each in path.parents if any(each.glob("*.mod"))), None)
        # the library is in x86_64 or x86_64/.libs, beside the .mod files or not
        if sources is None or len(path.relative_to(sources).parts) > 3:
            raise ValueError(
                f"{path} is a compiled library, and there are no .mod files above it;"
                " give their folder"
            )
        path = sources
    load_mechanisms(path)
    return 1.0


def suffixed(mechanism, kind, variable):
    """The name of a variable as NEURON's tables have it."""
    # the variables of extracellular have no suffix, but for e_extracellular
    if kind in (POINT, ARTIFICIAL, ION) or (mechanism == "extracellular" and variable != "e"):
        return variable
    return f"{variable}_{mechanism}"


class MechanismType(Numbered):
    """A list of mechanisms: of density mechanisms with 0, of point processes with 1."""

    _numbered = True

    def __init__(self, kind):
        if kind not in (0, 1):
            raise ValueError("MechanismType(0) has density mechanisms, MechanismType(1) points")
        self._points = bool(kind)
        self._position = 0
        self._iteration = iter(())

    def _entries(self):
        wanted = (POINT, ARTIFICIAL) if self._points else (DENSITY, ION)
        found = [each for each in _nmodlrs.mechanisms() if each[1] in wanted]
        return found if self._points else [("morphology", None), ("capacitance", None), *found]

    def _entry(self, index=None):
        entries = self._entries()
        position = self._position if index is None else int(index)
        if not 0 <= position < len(entries):
            raise IndexError(f"{self.hname()}: there is no mechanism {index}, only {len(entries)}")
        return entries[position]

    def select(self, which):
        """Selects a mechanism by name or position. An unknown name selects nothing new."""
        if isinstance(which, str):
            names = [name for name, _ in self._entries()]
            if which in names:
                self._position = names.index(which)
        else:
            self._entry(which)
            self._position = int(which)
        return 0.0

    def selected(self, name=None):
        """The position of the selected mechanism; its name is put into a string reference."""
        if name is not None:
            name[0] = self._entry()[0]
        return self._position

    def count(self):
        """The number of mechanisms."""
        return len(self._entries())

    def make(self, where=None, *, sec=None):
        """Inserts the selected mechanism into a section, or makes a point process without a place
        in an object reference."""
        from nmodlrs import h

        name, _ = self._entry()
        if self._points:
            if not isinstance(where, Ref):
                raise TypeError("MechanismType.make of a point process needs h.ref(None)")
            where[0] = getattr(h, name)()
        else:
            (sec or where or h.cas()).insert(name)
        return 0.0

    def remove(self, where=None, *, sec=None):
        """Takes the selected mechanism out of a section."""
        from nmodlrs import h

        if self._points:
            raise RuntimeError("MechanismType.remove is for density mechanisms")
        (sec or where or h.cas()).uninsert(self._entry()[0])
        return 0.0

    def pp_begin(self, where=None, *, sec=None):
        """The first point process of the selected class in a section, or None; see pp_next."""
        from nmodlrs import h

        if not self._points:
            raise RuntimeError("MechanismType.pp_begin is for MechanismType(1)")
        section = sec or where or h.cas()
        name = self._entry()[0]
        self._iteration = iter([
            each
            for each in _nmodlrs.instances(name)
            if each.has_loc() and each.get_segment().sec == section
        ])
        return self.pp_next()

    def pp_next(self):
        """The next point process after pp_begin, or None."""
        return next(self._iteration, None)

    def is_netcon_target(self, index):
        """Whether events can be sent to its instances."""
        name, kind = self._entry(index)
        return kind is not None and _nmodlrs.is_netcon_target(name)

    def has_net_event(self, index):
        """Whether its instances can be the source of a NetCon."""
        name, kind = self._entry(index)
        if kind not in (POINT, ARTIFICIAL):
            return False
        text = re.sub(r"(?s)\bCOMMENT\b.*?\bENDCOMMENT\b", "", _nmodlrs.DensityMechanism(name).code)
        return re.search(r"(?m)^[^:?\n]*\bnet_event\s*\(", text) is not None

    def is_artificial(self, index):
        """Whether it is an ARTIFICIAL_CELL."""
        return self._entry(index)[1] == ARTIFICIAL

    def is_ion(self):
        """Whether the selected mechanism is an ion."""
        return self._entry()[1] == ION

    def internal_type(self):
        """A number for the selected mechanism."""
        return float([name for name, _ in self._all()].index(self._entry()[0]))

    @staticmethod
    def _all():
        return [("morphology", None), ("capacitance", None), *_nmodlrs.mechanisms()]

    def file(self):
        """The file of the selected mechanism."""
        return self._object().file

    def code(self):
        """The text of its file."""
        return self._object().code

    def _object(self):
        name, kind = self._entry()
        if kind is None:
            raise RuntimeError(f"{name} is no mechanism from a file")
        return _nmodlrs.DensityMechanism(name)


class MechanismStandard(Numbered):
    """Names and values of a mechanism's variables: PARAMETERs (1, the default), ASSIGNED (2),
    STATEs (3), all of these (0), or GLOBALs (-1)."""

    _numbered = True

    def __init__(self, mechanism, kind=1):
        kinds = dict(_nmodlrs.mechanisms())
        if mechanism not in kinds:
            raise ValueError(f"there is no mechanism {mechanism!r}")
        if kind not in (-1, 0, 1, 2, 3):
            raise ValueError("MechanismStandard: the kind of variables is -1, 0, 1, 2 or 3")
        self._mechanism, self._kind = mechanism, kinds[mechanism]
        self._point = self._kind in (POINT, ARTIFICIAL)
        self._global = kind == -1
        self._sizes, self._values = {}, {}
        for variable, role, size, default in _nmodlrs.mechanism_variables(mechanism):
            if role == kind or (kind == 0 and role > 0):
                full = f"{variable}_{mechanism}" if self._global else self._full(variable)
                self._sizes[full] = size
                self._values[full] = [default] * size

    def _full(self, variable):
        return suffixed(self._mechanism, self._kind, variable)

    def _element(self, name, index):
        name = "del" if name == "delay" and "del" in self._sizes else name
        if name not in self._sizes:
            raise LookupError(f"{name} is not in this MechanismStandard of {self._mechanism}")
        if not 0 <= int(index) < self._sizes[name]:
            raise IndexError(f"{name} has {self._sizes[name]} elements: there is no {index}")
        return name, int(index)

    def count(self):
        """The number of names."""
        return len(self._sizes)

    def name(self, text, index=None):
        """Puts the mechanism's name, or that of variable `index`, into a string reference; returns
        the number of elements."""
        if index is None:
            text[0] = self._mechanism
            return float(self._kind)
        names = list(self._sizes)
        if not 0 <= int(index) < len(names):
            raise IndexError(f"{self.hname()}: there is no variable {index}, only {len(names)}")
        text[0] = names[int(index)]
        return self._sizes[text[0]]

    def get(self, name, index=0):
        """The value of a variable."""
        from nmodlrs import h

        name, index = self._element(name, index)
        if self._global:
            return getattr(h, name if self._sizes[name] == 1 else f"{name}[{index}]")
        return self._values[name][index]

    def set(self, name, value, index=0):
        """Sets a variable here."""
        from nmodlrs import h

        name, index = self._element(name, index)
        if self._global:
            setattr(h, name, float(value))
        else:
            self._values[name][index] = float(value)
        return 0.0

    def _in(self, source=None, *, sec=None):
        """Takes the values of a section (its middle), a segment, a point process, or another
        MechanismStandard."""
        for name in self._sizes:
            for index in range(self._sizes[name]):
                if isinstance(source, MechanismStandard):
                    self._values[name][index] = source.get(name, index)
                else:
                    place = next(iter(self._places(source, sec)))
                    self._values[name][index] = self._read(place, name, index)
        return 0.0

    def out(self, target=None, *, sec=None):
        """Puts the values into all segments of a section, into a segment, a point process, or
        another MechanismStandard."""
        if isinstance(target, MechanismStandard):
            for name in self._sizes:
                if name in target._sizes:
                    target._values[name][:] = self._values[name]
            return 0.0
        for place in self._places(target, sec):
            for name, values in self._values.items():
                for index, value in enumerate(values):
                    self._write(place, name, index, value)
        return 0.0

    def _places(self, where, sec):
        from nmodlrs import h

        if self._point:
            if getattr(where, "_mechanism", None) != self._mechanism:
                raise TypeError(f"MechanismStandard of {self._mechanism} needs one of these")
            return [where]
        if isinstance(where, _nmodlrs.Segment):
            return [where]
        if isinstance(where, (int, float)):
            return [(sec or h.cas())(where)]
        return list(where or sec or h.cas())

    def _read(self, place, name, index):
        value = getattr(place, name)
        return value if self._sizes[name] == 1 else value[index]

    def _write(self, place, name, index, value):
        if self._sizes[name] == 1:
            setattr(place, name, value)
        else:
            getattr(place, name)[index] = value


# `in` is a keyword in Python: getattr(standard, "in")
setattr(MechanismStandard, "in", MechanismStandard._in)
