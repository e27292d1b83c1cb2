TITLE Arrays, loops, file-level LOCALs, branches within branches

DEFINE K 4

NEURON {
    SUFFIX arrays
    NONSPECIFIC_CURRENT i
    RANGE g, weight, level, sum, steps
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    g = 1e-4 (S/cm2)
    weight[K]
}

ASSIGNED {
    v        (mV)
    i        (mA/cm2)
    level[K] (mV)
    sum
    steps
    tau[K]   (ms)
}

LOCAL offset, width[K]

STATE { s[K] }

INITIAL {
    offset = -80
    FROM j = 0 TO K - 1 {
        level[j] = offset + 20*j
        width[j] = 5 + j
        tau[j] = 2*(j + 1)
        s[j] = gate(v, j)
    }
}

BREAKPOINT {
    SOLVE gates METHOD sparse
    count()
    sum = 0
    FROM j = 0 TO K - 1 {
        sum = sum + weight[j]*s[j]
    }
    i = g*sum*(v + 40(mV))
}

KINETIC gates {
    FROM j = 0 TO K - 1 {
        ~ s[j] << ((gate(v, j) - s[j])/tau[j])
    }
}

FUNCTION gate(u (mV), j) {
    LOCAL x
    x = (u - level[j])/width[j]
    if (x > 0) {
        if (x > 3) {
            gate = 1
        } else {
            gate = 0.5 + x/6
        }
    } else {
        if (x < -3) {
            gate = 0
        } else if (x < -1) {
            gate = (x + 3)/12
        } else {
            gate = 0.5 + x/3
        }
    }
}

: how often v can be halved before it is below 1 mV in magnitude
PROCEDURE count() {
    LOCAL u
    u = fabs(v)
    steps = 0
    WHILE (u > 1) {
        u = u/2
        steps = steps + 1
    }
}
