"""Runs a script that was written for NEURON: its imports of `neuron` give this package.

    python -m nmodlrs SCRIPT [ARGUMENT...]
    python -m nmodlrs -c COMMAND [ARGUMENT...]
    python -m nmodlrs -m MODULE [ARGUMENT...]
"""

import runpy
import sys
from pathlib import Path

from nmodlrs.as_neuron import take_the_name


def main(arguments):
    take_the_name()
    match arguments:
        case ["-c", command, *_]:
            sys.argv = ["-c", *arguments[2:]]
            sys.path.insert(0, "")
            exec(compile(command, "<string>", "exec"), {"__name__": "__main__"})
        case ["-m", module, *_]:
            sys.argv = arguments[1:]
            sys.path.insert(0, "")
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case [script, *_] if not script.startswith("-"):
            sys.argv = arguments
            sys.path.insert(0, str(Path(script).resolve().parent))
            runpy.run_path(script, run_name="__main__")
        case ["-h" | "--help"]:
            print(__doc__.strip())
        case _:
            sys.exit(__doc__.strip())


if __name__ == "__main__":
    # what a script sees beside itself is its own folder, not the one of this call
    if sys.path and sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]
    main(sys.argv[1:])
