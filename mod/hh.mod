TITLE Sodium, potassium and leak currents of the squid giant axon

COMMENT
A. L. Hodgkin and A. F. Huxley, "A quantitative description of membrane current
and its application to conduction and excitation in nerve",
J. Physiol. 117 (1952) 500-544, equations 12, 13, 20, 21, 23 and 24.

The paper counts depolarization downwards from rest. Here v is the inside minus
the outside potential, and rest is near -65 mV. The rates hold at 6.3 degC and
triple for every 10 degC above that.
ENDCOMMENT

NEURON {
    SUFFIX hh
    THREADSAFE
    USEION na READ ena WRITE ina
    USEION k READ ek WRITE ik
    NONSPECIFIC_CURRENT il
    RANGE gnabar, gkbar, gl, el
    RANGE gna, gk
    RANGE minf, hinf, ninf, mtau, htau, ntau
}

UNITS {
    (S)  = (siemens)
    (mA) = (milliamp)
    (mV) = (millivolt)
}

PARAMETER {
    gnabar = 0.12   (S/cm2) <0, 1e9>
    gkbar  = 0.036  (S/cm2) <0, 1e9>
    gl     = 0.0003 (S/cm2) <0, 1e9>
    el     = -54.3  (mV)
}

ASSIGNED {
    v       (mV)
    celsius (degC)
    ena     (mV)
    ek      (mV)
    gna     (S/cm2)
    gk      (S/cm2)
    ina     (mA/cm2)
    ik      (mA/cm2)
    il      (mA/cm2)
    minf
    hinf
    ninf
    mtau    (ms)
    htau    (ms)
    ntau    (ms)
}

STATE { m h n }

INITIAL {
    rates(v)
    n = ninf
    h = hinf
    m = minf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    gna = gnabar*m*m*m*h
    gk = gkbar*n*n*n*n
    ina = gna*(v - ena)
    ik = gk*(v - ek)
    il = gl*(v - el)
}

DERIVATIVE gates {
    rates(v)
    m' = (minf - m)/mtau
    h' = (hinf - h)/htau
    n' = (ninf - n)/ntau
}

UNITSOFF

: Steady states and time constants of the three gates at potential v.
: The table's 1 mV spacing shows in results; usetable_hh = 0 gives exact rates.
PROCEDURE rates(v (mV)) {
    LOCAL open, close, speed
    TABLE minf, hinf, ninf, mtau, htau, ntau DEPEND celsius FROM -100 TO 100 WITH 200

    speed = 3^((celsius - 6.3)/10)

    : equations 20 and 21
    open = 0.1*vtrap(-(v + 40), 10)
    close = 4*exp(-(v + 65)/18)
    minf = open/(open + close)
    mtau = 1/(speed*(open + close))

    : equations 23 and 24
    open = 0.07*exp(-(v + 65)/20)
    close = 1/(exp(-(v + 35)/10) + 1)
    hinf = open/(open + close)
    htau = 1/(speed*(open + close))

    : equations 12 and 13
    open = 0.01*vtrap(-(v + 55), 10)
    close = 0.125*exp(-(v + 65)/80)
    ninf = open/(open + close)
    ntau = 1/(speed*(open + close))
}

: x/(exp(x/y) - 1), by its first two Taylor terms where that is 0/0.
FUNCTION vtrap(x, y) {
    if (fabs(x/y) >= 1e-6) {
        vtrap = x/(exp(x/y) - 1)
    } else {
        vtrap = y*(1 - x/y/2)
    }
}

UNITSON
