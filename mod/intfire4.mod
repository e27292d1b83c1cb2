TITLE Artificial cell: fast excitatory and slower inhibitory current, leaky membrane

COMMENT
Excitatory input (weight > 0) is a current e that jumps and decays with taue; inhibitory input is
a current i2 that rises with taui1 and decays with taui2; both drive the membrane state m, which
decays with taum:

    e'  = -ke*e            i1' = -ki1*i1
    i2' = -ki2*i2 + ai1*i1
    m'  = -km*m + ae*e + ai2*i2

with k = 1/tau. ae, ai1 and ai2 are such that a weight of 1 makes a largest m of 1, and a weight of
-1 a smallest i2 and m of -1. At m = 1 the cell fires, and m alone returns to 0.

The solution between events is known in closed form. The time of firing is not, but as long as
excitation decays faster than inhibition (taue < taui2, taui1 < taui2), m + m'*t is never reached
earlier than this straight line says: a self event comes at the time where the line is 1, and looks
again (Carnevale and Hines, The NEURON Book, 2006; van Elburg and van Ooyen,
Neural Computation 21, 2009).

E(), I() and M() are the values at any time, the states are those at the last event.
ENDCOMMENT

NEURON {
    ARTIFICIAL_CELL IntFire4
    RANGE taue, taui1, taui2, taum, e, i1, i2, m, ae, ai2, ai1
    RANGE nself, nexcite, ninhibit
    GLOBAL eps, taueps
}

PARAMETER {
    taue = 5 (ms) <0, 1e9>
    taui1 = 10 (ms) <0, 1e9>
    taui2 = 20 (ms) <0, 1e9>
    taum = 50 (ms) <0, 1e9>
    eps = 1e-6 <1e-9, 0.01>    : how far below 1 counts as firing
    taueps = 0.01 <1e-9, 1e9>  : least difference of time constants
}

ASSIGNED {
    e
    i1
    i2
    m
    enew
    i1new
    i2new
    mnew
    t0 (ms) : of the last event
    nself   : numbers of events of each sort
    nexcite
    ninhibit
    ke (1/ms)
    ki1 (1/ms)
    ki2 (1/ms)
    km (1/ms)
    ae (1/ms)
    ai1 (1/ms)
    ai2 (1/ms)
    be
    bi1
    bi2
    a
    b
}

INITIAL {
    fixprecondition()
    factors()
    e = 0
    i1 = 0
    i2 = 0
    m = 0
    t0 = t
    nself = 0
    nexcite = 0
    ninhibit = 0
    net_send(firetimebound(), 1)
}

: Flag 1 is the cell's own look at its state.
NET_RECEIVE (w) {
    newstates(t - t0)
    update()
    if (m > 1 - eps) {
        net_event(t)
        m = 0
    }
    if (flag == 1) {
        nself = nself + 1
        net_send(firetimebound(), 1)
    } else {
        if (w > 0) {
            nexcite = nexcite + 1
            e = e + w
        } else {
            ninhibit = ninhibit + 1
            i1 = i1 + w
        }
        net_move(firetimebound() + t)
    }
}

: A time before which m does not reach 1.
FUNCTION firetimebound() (ms) {
    LOCAL slope
    slope = -km*m + ae*e + ai2*i2
    if (slope > 1e-9) {
        firetimebound = (1 - m)/slope
    } else {
        firetimebound = 1e9
    }
}

FUNCTION M() {
    newstates(t - t0)
    M = mnew
}

FUNCTION E() {
    newstates(t - t0)
    E = ae*enew
}

FUNCTION I() {
    newstates(t - t0)
    I = ai2*i2new
}

: The states d after the last event.
PROCEDURE newstates(d (ms)) {
    LOCAL decaye, decay1, decay2, decaym
    decaye = exp(-ke*d)
    decay1 = exp(-ki1*d)
    decay2 = exp(-ki2*d)
    decaym = exp(-km*d)
    enew = e*decaye
    i1new = i1*decay1
    i2new = i2*decay2 + bi1*i1*(decay2 - decay1)
    mnew = m*decaym + be*e*(decaym - decaye) + (bi2*i2 + a*i1)*(decaym - decay2)
        - b*i1*(decaym - decay1)
}

PROCEDURE update() {
    e = enew
    i1 = i1new
    i2 = i2new
    m = mnew
    t0 = t
}

: Changes time constants that the method or the solution does not allow: taue < taui2,
: taui1 < taui2, and none closer than taueps to another.
PROCEDURE fixprecondition() {
    LOCAL swapped
    if (taui2 < 4*taueps) { taui2 = 4*taueps }
    if (taui1 < 3*taueps) { taui1 = 3*taueps }
    if (taue < 2*taueps) { taue = 2*taueps }

    if (taue > taui2) {
        swapped = taue
        taue = taui2 - taueps
        printf("Warning: IntFire4 changed taue from %g to %g, so that taue < taui2\n", swapped, taue)
    } else if (taui2 - taue < taueps) {
        taue = taui2 - taueps
    }
    if (taui1 > taui2) {
        swapped = taui2
        taui2 = taui1
        taui1 = swapped
        printf("Warning: IntFire4 exchanged taui1 and taui2\n")
    }
    if (taui2 - taui1 < taueps) { taui1 = taui2 - taueps }

    if (taum > taui2) {
        if (taum - taui2 < taueps) { taum = taui2 + taueps }
    } else {
        if (taui2 - taum < taueps) { taum = taui2 - taueps }
        if (fabs(taui1 - taum) < taueps) { taum = taui1 - taueps }
        if (fabs(taue - taum) < taueps) {
            if (taue < taum) {
                taum = taue - taueps
            } else {
                taue = taum - taueps
            }
        }
        if (fabs(taui1 - taum) < taueps) { taum = taui1 - taueps }
    }
}

: The factors of the currents.
PROCEDURE factors() {
    LOCAL peak
    ke = 1/taue
    ki1 = 1/taui1
    ki2 = 1/taui2
    km = 1/taum

    : m after an excitatory event of weight 1 is largest at
    peak = log(km/ke)/(km - ke)
    be = 1/(exp(-km*peak) - exp(-ke*peak))
    ae = be*(ke - km)

    : i2 after an inhibitory one at
    peak = log(ki2/ki1)/(ki2 - ki1)
    bi1 = 1/(exp(-ki2*peak) - exp(-ki1*peak))
    ai1 = bi1*(ki1 - ki2)

    : and m after that where the search finds it
    e = 0
    i1 = 1
    i2 = 0
    m = 0
    scale(1)
    newstates(search())
    scale(1/mnew)
    i1 = 0
}

: What follows from bi2.
PROCEDURE scale(x) {
    bi2 = x
    ai2 = bi2*(ki2 - km)
    a = bi2*bi1
    b = a*(ki2 - km)/(ki1 - km)
}

: Has the sign of m' at d after an event of i1 alone.
FUNCTION deriv(d (ms)) (/ms2) {
    deriv = (-km*exp(-d*km) + ki2*exp(-d*ki2))/(ki2 - km) - (-km*exp(-d*km) + ki1*exp(-d*ki1))/(ki1 - km)
}

: The zero of deriv: bounds a factor of 10 apart, then bisection to 1e-6 ms.
FUNCTION search() (ms) {
    LOCAL low, high, found
    low = 1
    high = 1
    found = 1
    if (deriv(low) < 0) {
        while (deriv(low) < 0 && low > 1e-9) {
            high = low
            low = low/10
        }
        if (deriv(low) < 0) {
            printf("Error: IntFire4 finds no extremum after t=%g, m'=%g\n", low, deriv(low))
            found = 0
            search = 1e-9
        }
    } else {
        while (deriv(high) > 0 && high < 1e9) {
            low = high
            high = high*10
        }
        if (deriv(high) > 0) {
            printf("Error: IntFire4 finds no extremum before t=%g, m'=%g\n", high, deriv(high))
            found = 0
            search = 1e9
        }
    }
    while (high - low > 1e-6 && found == 1) {
        search = (low + high)/2
        if (deriv(search) > 0) {
            low = search
        } else {
            high = search
        }
    }
}
