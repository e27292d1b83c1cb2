COMMENT
Calcium of a shell, which BREAKPOINT hands to the ion; there is no current, so no kernel of currents.
ENDCOMMENT

NEURON {
    SUFFIX shellcopy
    USEION ca READ ica WRITE cai
    RANGE depth
}

UNITS {
    (mM) = (milli/liter)
    (mA) = (milliamp)
    (um) = (micron)
    FARADAY = (faraday) (coulomb)
}

PARAMETER {
    depth = 0.2 (um)
    rest = 0.00005 (mM)
}

ASSIGNED {
    ica (mA/cm2)
    cai (mM)
}

STATE { shell (mM) <1e-4> }

INITIAL { shell = 0.001 }

BREAKPOINT {
    SOLVE decay METHOD cnexp
    hand_over()
}

DERIVATIVE decay {
    shell' = -ica*(1e4)/(2*FARADAY*depth) - (shell - rest)/20(ms)
}

PROCEDURE hand_over() {
    cai = shell
}
