TITLE FUNCTIONs and PROCEDUREs that are called by name, with and without an instance

NEURON {
    SUFFIX probe
    NONSPECIFIC_CURRENT i
    RANGE g, e, slope, last, count
    GLOBAL half
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    g = 1e-4   (S/cm2)
    e = -70    (mV)
    half = -40 (mV)
    slope = 5  (mV)
}

ASSIGNED {
    v     (mV)
    i     (mA/cm2)
    last  (mV)
    count
}

INITIAL {
    last = 0
    count = 0
}

BREAKPOINT { i = g*(v - e) }

FUNCTION gate(u (mV)) { gate = 1/(1 + exp(-(u - half)/5(mV))) }

FUNCTION steep(u (mV)) { steep = gate(half + (u - half)*5(mV)/slope) }

FUNCTION larger(a, b) {
    if (a > b) {
        larger = a
    } else {
        larger = b
    }
}

FUNCTION power(x, n) {
    LOCAL k
    power = 1
    k = 0
    WHILE (k < n) {
        power = power*x
        k = k + 1
    }
}

PROCEDURE note(u (mV)) {
    last = u
    count = count + 1
}
