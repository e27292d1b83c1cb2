TITLE A file whose body is INCLUDEd
NEURON { SUFFIX included NONSPECIFIC_CURRENT i RANGE g, y }
PARAMETER { g = 0.0002 tau = 4 }
INCLUDE "outer.inc"
