"""Functions of `h` about sections by name and about the process."""

import os
import platform
import re
import time


def section_exists(name, index=None, owner=None):
    """Whether there is a section of that name: `section_exists("dend", 1)` is `dend[1]`. With an
    object, one of its sections."""
    from nmodlrs import h

    if index is not None and not isinstance(index, (int, float)):
        index, owner = None, index
    wanted = name if index is None else f"{name}[{int(index)}]"
    for each in h.allsec():
        cell = each.cell()
        own = each.name()
        if owner is not None:
            if cell is not owner:
                continue
            own = own.rpartition(".")[2]
        if own == wanted:
            return 1.0
    return 0.0


def current(sec):
    from nmodlrs import h

    return h.cas() if sec is None else sec


def identity(section):
    return float(int(section.hoc_internal_name().rpartition("0x")[2], 16))


def this_section(x=0, sec=None):
    """A number that identifies the section."""
    return identity(current(sec))


def parent_section(x=0, sec=None):
    """A number that identifies the section's parent; 0 without one."""
    parent = current(sec).parentseg()
    return 0.0 if parent is None else identity(parent.sec)


def section_owner(sec=None):
    """The object that the section belongs to, or None."""
    return current(sec).cell()


def getcwd():
    """The working folder, with a / at its end."""
    return os.path.join(os.getcwd(), "")


def chdir(folder):
    """Changes the working folder: 0, or -1 if that is not possible."""
    try:
        os.chdir(folder)
    except OSError:
        return -1.0
    return 0.0


_clock = [time.perf_counter()]


def startsw():
    """Starts the stopwatch; returns the seconds since 1970."""
    _clock[0] = time.perf_counter()
    return time.time()


def stopsw():
    """The seconds since startsw."""
    return time.perf_counter() - _clock[0]


def object_id(thing, number=0):
    """A number that identifies an object; with a second argument the one in its name, or -1."""
    if not number:
        return float(id(thing))
    found = re.search(r"\[(\d+)\]$", thing.hname()) if hasattr(thing, "hname") else None
    return float(found[1]) if found else -1.0


def machine_name(name):
    """Puts the name of this computer into a string reference."""
    name[0] = platform.node()
    return 0.0


def unix_mac_pc():
    """The kind of the operating system: 1 for Unix, 2 for macOS, 3 for Windows."""
    return {"Darwin": 2.0, "Windows": 3.0}.get(platform.system(), 1.0)


def quit(status=0):
    """Ends the process."""
    raise SystemExit(int(status))


FUNCTIONS = (
    section_exists,
    this_section,
    parent_section,
    section_owner,
    getcwd,
    chdir,
    startsw,
    stopsw,
    object_id,
    machine_name,
    unix_mac_pc,
    quit,
)
