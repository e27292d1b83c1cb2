TITLE A circuit whose equations a LINEAR block solves in a PROCEDURE of BREAKPOINT

NEURON {
    POINT_PROCESS SeriesLoop
    NONSPECIFIC_CURRENT i
    RANGE emf, inner, shunt, middle
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    emf = 30     (mV)
    inner = 50   (megohm)
    shunt = 200  (megohm)
}

ASSIGNED {
    v (mV)
    i (nA)
    middle (mV)
    near (/megohm)
    far (/megohm)
}

STATE { vm (mV) through (nA) }

INITIAL { balance() }

BREAKPOINT {
    balance()
    i = (v + 65 - vm)/inner
    middle = vm
}

PROCEDURE balance() {
    near = 1/inner
    far = 1/shunt
    SOLVE loop
}

LINEAR loop {
    ~ through + near*vm = near*(v + 65)
    ~ through - far*vm = -far*emf
}
