TITLE Potassium channel as a Markov chain whose states are an array

DEFINE N 5

NEURON {
    SUFFIX markov
    USEION k READ ek WRITE ik
    RANGE gbar, g
    GLOBAL shift
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    gbar = 0.036 (S/cm2)
    shift = 0    (mV)
}

ASSIGNED {
    v  (mV)
    ek (mV)
    ik (mA/cm2)
    g  (S/cm2)
    a  (/ms)
    b  (/ms)
}

STATE { s[N] }

INITIAL {
    LOCAL ratio, sum
    rates(v + shift)
    : binomial
    ratio = a/b
    s[0] = 1
    sum = 1
    FROM i = 1 TO N - 1 {
        s[i] = s[i-1]*ratio*(N - i)/i
        sum = sum + s[i]
    }
    FROM i = 0 TO N - 1 {
        s[i] = s[i]/sum
    }
}

BREAKPOINT {
    SOLVE chain METHOD sparse
    g = gbar*s[N-1]
    ik = g*(v - ek)
}

KINETIC chain {
    rates(v + shift)
    FROM i = 0 TO N - 2 {
        ~ s[i] <-> s[i+1] ((N - 1 - i)*a, (i + 1)*b)
    }
}

PROCEDURE rates(u (mV)) {
    LOCAL x
    x = (u + 55(mV))/10(mV)
    if (fabs(x) > 1e-6) {
        a = 0.1(/ms)*x/(1 - exp(-x))
    } else {
        a = 0.1(/ms)*(1 + x/2)
    }
    b = 0.125(/ms)*exp(-(u + 65(mV))/80(mV))
}
