TITLE A control-Z at the end
NEURON { SUFFIX dosend NONSPECIFIC_CURRENT i RANGE g }
PARAMETER { g = 0.0002 }
ASSIGNED { v i }
BREAKPOINT { i = g*(v + 70) }
