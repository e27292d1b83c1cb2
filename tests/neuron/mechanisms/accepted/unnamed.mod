TITLE A file without a NEURON block is a density mechanism of the file's name

PARAMETER { tau = 4 (ms) }

ASSIGNED { v (mV) }

STATE { m }

INITIAL { m = 0.25 }

BREAKPOINT { SOLVE states METHOD cnexp }

DERIVATIVE states { m' = (1/(1 + exp(-(v + 60)/10)) - m)/tau }
