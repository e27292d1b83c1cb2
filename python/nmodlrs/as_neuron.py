"""This package under the name `neuron`, for scripts that import that."""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys

NAME = "neuron"


def take_the_name():
    """From now on in this process, `import neuron` gives this package."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        for name in [NAME, *(name for name in sys.modules if name.startswith(NAME + "."))]:
            sys.modules.pop(name, None)
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """`neuron` is `nmodlrs`, and `neuron.units` is `nmodlrs.units`."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname != NAME and not fullname.startswith(NAME + "."):
            return None
        ours = _ours(fullname)
        if importlib.util.find_spec(ours) is None:
            raise ModuleNotFoundError(
                f"{fullname} is not part of nmodlrs, which is used as {NAME} here", name=fullname
            )
        return importlib.machinery.ModuleSpec(fullname, self)

    def create_module(self, spec):
        module = importlib.import_module(_ours(spec.name))
        self.own_spec = module.__spec__
        return module

    def exec_module(self, module):
        # the import has just noted its own there, but the module is still ours
        module.__spec__ = self.own_spec


def _ours(name):
    return "nmodlrs" + name.removeprefix(NAME)
