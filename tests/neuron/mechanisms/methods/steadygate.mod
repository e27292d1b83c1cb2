TITLE A three-state channel whose initial state is solved for by LINEAR

NEURON {
    SUFFIX steadygate
    NONSPECIFIC_CURRENT i
    RANGE g, e, ratio
}

PARAMETER {
    g = 2e-4 (S/cm2)
    e = -20  (mV)
    back = 0.05 (/ms)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    ratio
    fwd[2] (/ms)
}

STATE { c[2] o  x u }

INITIAL {
    rates(v)
    SOLVE still
    SOLVE pair
}

BREAKPOINT {
    SOLVE pair
    SOLVE scheme METHOD sparse
    i = g*o*(1 + x/10)*(v - e)
}

LINEAR still {
    FROM k = 0 TO 1 {
        ~ c[k]*fwd[k] - back*(k + 1)*o = 0
        IF (k == 1) {
            ~+ c[0]*fwd[0] - c[1]*back = 0
        } ELSE {
            ~+ back*2*o - c[1]*back = 0
        }
    }
    ~ c[0] + c[1] + o = 1
}

: The diagonal is zero as long as v is below 0, and not above.
LINEAR pair SOLVEFOR x, u {
    ratio = 0
    IF (v > 0) { ratio = v/50 }
    ~ ratio*x + u = 0.5
    ~ x + (ratio - 0.25)*u = o
    ~+ u = x/4 + 1
}

KINETIC scheme {
    rates(v)
    ~ c[0] <-> c[1] (fwd[0], back)
    ~ c[1] <-> o (fwd[1], 2*back)
}

PROCEDURE rates(v (mV)) {
    fwd[0] = 0.3*exp(v/30)
    fwd[1] = 0.1 + 0.2*exp(v/50)
}
