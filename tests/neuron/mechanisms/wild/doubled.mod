TITLE Lines that end in CRLF, bytes that are no UTF-8, names that occur twice
COMMENT
measured at 37 °C by Müller
ENDCOMMENT

NEURON {
    SUFFIX doubled
    NONSPECIFIC_CURRENT i
    GLOBAL vhalf, slope
    GLOBAL vhalf
    RANGE g, steep, steep
}

PARAMETER {
    g = 3e-4 (S/cm2) <0, 1e9>
    vhalf = -55 (mV)
    slope = 6 (mV)
}

ASSIGNED { v (mV) i (mA/cm2) steep }

STATE { m }

INITIAL { m = rise(v) }

BREAKPOINT {
    SOLVE gate METHOD cnexp
    i = g*m*(v + 20)
}

DERIVATIVE gate { m' = (rise(v) - m)/3 }

FUNCTION rise(x (mV)) {
    rise = 1/(1 + exp((vhalf - x)/slope))
}
