"""What a script sees of being run: __name__, arguments, its file, modules and versions."""

import sys
from pathlib import Path

import neuron
from neuron import h, n
from paired import report

if __name__ == "__main__":
    main = True

report({
    "main": main,
    "arguments": sys.argv[1:],
    "argv 0": Path(sys.argv[0]).name,
    "file": Path(__file__).name,
    "path": Path(sys.path[0]).name,
    "h is of neuron": neuron.h is h,
    "n is of neuron": neuron.n is n,
    "has": [hasattr(neuron, name) for name in ("h", "n", "__version__", "nothing")],
    "folder": Path.cwd() != Path(__file__).parent,
    "submodules": sorted(name for name in ("neuron.units",) if __import__(name)),
})
