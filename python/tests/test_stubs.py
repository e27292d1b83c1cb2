"""The type stubs say what the package has: the same names, and the same parameters."""

import ast
import inspect
from pathlib import Path

import pytest

import nmodlrs
from nmodlrs import _nmodlrs, headless

SOURCE = Path(__file__).resolve().parents[1] / "nmodlrs"
# members of every class that a stub need not repeat
KINDS = inspect.Parameter


def stub(name):
    return ast.parse((SOURCE / name).read_text()).body


def members(body):
    """Names that a class or module of a stub declares, with their statements."""
    found = {}
    for each in body:
        match each:
            case ast.FunctionDef() | ast.ClassDef():
                found.setdefault(each.name, each)
            case ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = each
            case ast.ImportFrom(names=names):
                found |= {alias.asname: each for alias in names if alias.asname}
    return found


def public(names):
    return {name for name in names if not name.startswith("_")}


def parameters(function):
    """(name, kind, default) of each parameter of a function in a stub, `self` aside."""
    arguments = function.args
    positional = [(each, KINDS.POSITIONAL_ONLY) for each in arguments.posonlyargs]
    positional += [(each, KINDS.POSITIONAL_OR_KEYWORD) for each in arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
    found = [
        (each.arg, kind, default and ast.literal_eval(default), default is not None)
        for (each, kind), default in zip(positional, defaults, strict=True)
    ]
    if arguments.vararg:
        found.append((arguments.vararg.arg, KINDS.VAR_POSITIONAL, None, False))
    found += [
        (each.arg, KINDS.KEYWORD_ONLY, default and ast.literal_eval(default), default is not None)
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        found.append((arguments.kwarg.arg, KINDS.VAR_KEYWORD, None, False))
    return [each for each in found if each[0] != "self"]


def signature(function):
    found = []
    for name, each in inspect.signature(function).parameters.items():
        given = each.default is not each.empty
        found.append((name, each.kind, each.default if given else None, given))
    return [each for each in found if each[0] != "self"]


NATIVE = members(stub("_nmodlrs.pyi"))
CLASSES = {
    name: each
    for name, each in vars(_nmodlrs).items()
    if isinstance(each, type) and name != "CompileError"
}
# given to the class from Python, and declared in __init__.pyi
GIVEN = {cls.__name__ for cls in nmodlrs.CLASSES} | set(nmodlrs.FUNCTIONS)
GIVEN |= {*headless.FUNCTIONS, *headless.LISTS}
# attributes that are found by name
DYNAMIC = {"Segment": {"v", "diam", "cm", "i_cap"}}


def test_the_module_is_all_there():
    assert public(NATIVE) == public(vars(_nmodlrs))


@pytest.mark.parametrize("name", CLASSES)
def test_names_and_parameters_of_a_class(name):
    declared = members(NATIVE[name].body)
    has = vars(CLASSES[name])
    given = GIVEN if name == "HocObject" else set()
    assert public(declared) == public(has) - given | DYNAMIC.get(name, set())
    for each in public(declared) - DYNAMIC.get(name, set()):
        thing = has[each]
        if isinstance(thing, staticmethod):
            thing = thing.__func__
        if isinstance(declared[each], ast.FunctionDef) and callable(thing):
            assert parameters(declared[each]) == signature(thing), each


def test_functions_of_the_module():
    for name, each in vars(_nmodlrs).items():
        if inspect.isbuiltin(each):
            assert parameters(NATIVE[name]) == signature(each), name


def test_the_package():
    declared = members(stub("__init__.pyi"))
    assert public(declared) == {*nmodlrs.__all__, "HocObject"}
    of_h = members(declared["HocObject"].body)
    assert GIVEN <= set(of_h)
    for name in of_h:
        assert hasattr(nmodlrs.h, name), name
    for name, function in nmodlrs.FUNCTIONS.items():
        assert parameters(of_h[name]) == signature(function), name
    load = declared["load_mechanisms"]
    assert parameters(load) == signature(nmodlrs.load_mechanisms)


def test_the_package_says_that_it_has_types():
    assert (SOURCE / "py.typed").exists()
    assert (Path(nmodlrs.__file__).with_name("py.typed")).exists()
