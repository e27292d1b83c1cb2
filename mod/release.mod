TITLE Transmitter release as a chain of reactions

COMMENT
    GenVes <-> Ves         vesicles are replaced, at once if tauGen = 0
    Ves <-> B              calcium (to the power power) makes them ready
    B <-> Ach              and they release transmitter,
    Ach -> X               which is broken down
ENDCOMMENT

NEURON {
    SUFFIX trel
    USEION ca READ cai
}

UNITS {
    (mM) = (milli/liter)
    (mA) = (milliamp)
    (mV) = (millivolt)
}

PARAMETER {
    GenVes = 5     (mM)      <0, 1e9>
    tauGen = 0     (ms)      <1e-6, 1e9>
    power  = 2               <0, 10>
    al     = 141   (/mM2-ms) <0, 1e9>
    Kd     = 1e-12 (mM2)     <0, 1e9>
    Agen   = 4     (/ms)     <0, 1e9>
    Arev   = 0     (/ms)     <0, 1e9>
    Aase   = 4     (/ms)     <0, 1e9>
}

ASSIGNED {
    cai  (mM)
    b    (/ms)
    kt   (/ms)
    kpow (/ms)
}

STATE {
    Ves (mM)
    B   (mM)
    Ach (mM)
    X   (mM)
}

INITIAL { Ves = GenVes }

BREAKPOINT { SOLVE chain METHOD sparse }

KINETIC chain {
    : the dimension of kpow is right for power = 2 only
    kpow = al*cai^power
    b = al*Kd
    if (tauGen != 0) {
        kt = 1/tauGen
    } else {
        kt = 1e9
    }

    ~ GenVes <-> Ves (kt, kt)
    ~ Ves <-> B (kpow, b)
    ~ B <-> Ach (Agen, Arev)
    ~ Ach <-> X (Aase, 0)
}
