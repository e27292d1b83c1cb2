: No SUFFIX: the mechanism has the file's name, which begins with a digit.
NEURON { RANGE x }
PARAMETER { depth = 3 }
ASSIGNED { x }
INITIAL { x = 2*depth }
