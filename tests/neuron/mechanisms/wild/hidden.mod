: A LOCAL of the file hides a variable, a GLOBAL is declared nowhere, a conversion is none, a file
: names itself twice.
NEURON {
    SUFFIX before
    SUFFIX hidden
    THREADSAFE
    RANGE rate, y, z
    GLOBAL level
}
UNITS { FARADAY = (96485.3) (coulomb) }
ASSIGNED { v rate y z }
INITIAL {
    level = 3
    rates(v)
    y = level + FARADAY
}
LOCAL rate
BREAKPOINT { z = 2*rate + level }
PROCEDURE rates(u) { rate = u/2 }
