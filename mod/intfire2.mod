TITLE Artificial cell: leaky integrator of decaying current

COMMENT
The current i decays to the bias ib with time constant taus, and each input event adds its weight
to it. The membrane state m follows i with time constant taum < taus:

    taus*di/dt + i = ib,    taum*dm/dt + m = i

At m = 1 the cell fires, and m returns to 0. Both equations have closed solutions, so the time of
the next firing is computed at each event and announced as a self event, which moves when input
comes. I() and M() are the values at any time.
ENDCOMMENT

NEURON {
    ARTIFICIAL_CELL IntFire2
    RANGE taus, taum, ib, i, m
}

PARAMETER {
    taus = 20 (ms)
    taum = 10 (ms)
    ib
}

ASSIGNED {
    i       : at time t0
    m       : at time t0
    t0 (ms) : of the last event
}

INITIAL {
    i = ib
    m = 0
    if (taus <= taum) {
        taus = taum + 0.1
    }
    t0 = t
    net_send(firetime(ib, 0, 0), 1)
}

: What is left of i - ib at the present time.
FUNCTION excess() { excess = (i - ib)*exp(-(t - t0)/taus) }

: How much m is driven by the decaying part of the current.
FUNCTION share() { share = taus/(taus - taum) }

FUNCTION M() {
    M = ib + share()*excess() + (m - (ib + (i - ib)*share()))*exp(-(t - t0)/taum)
}

FUNCTION I() { I = excess() + ib }

: Flag 1 is the cell's own firing.
NET_RECEIVE (w) {
    LOCAL inew
    inew = ib + excess()
    if (flag == 1) {
        net_event(t)
        m = 0
        net_send(firetime(ib, (inew - ib)*share(), 0), 1)
    } else {
        m = M()
        inew = inew + w
        if (m >= 1) {
            net_move(t)
        } else {
            net_move(t + firetime(ib, (inew - ib)*share(), m))
        }
    }
    t0 = t
    i = inew
}

: The first time at which a + b*exp(-t/taus) + (c - a - b)*exp(-t/taum) is 1, where c < 1; 1e9 if
: there is none. With x = exp(-t/taum) or x = exp(-t/taus) the equation is one of powers of x in
: 0 < x < 1, which Newton's method solves from a point where it cannot leave that interval.
FUNCTION firetime(a, b, c) (ms) {
    LOCAL r, rest, slope, x, peak
    r = taum/taus
    rest = c - a - b
    slope = r*b + rest : at x = 1
    firetime = 1e9
    if (a > 1 && b <= 0) {
        : the state ends above 1, so there is one solution
        x = 0
        if (slope < 0) {
            : where the tangent at x = 1 meets 1
            x = (1 - c + slope)/slope
        }
        if (x > 0) {
            firetime = -taum*log(newton1(a, b, rest, r, x))
        } else {
            firetime = -taus*log(newton1(a, rest, b, 1/r, 0))
        }
    } else if (a > 1 || a + b > 1) {
        : there is one if the largest value, at x < 1, is above 1
        x = (-rest/(r*b))^(1/(r - 1))
        peak = a + b*x^r + rest*x
        if (x < 1 && peak > 1) {
            x = (1 - c + slope)/slope
            firetime = -taum*log(newton1(a, b, rest, r, x))
        }
    }
}

: Solves 1 = a + b*x^r + c*x for 0 < x <= 1 by Newton's method, beginning at x.
FUNCTION newton1(a, b, c, r, x) {
    LOCAL dx, f, slope, count
    dx = 1
    f = 0
    count = 0
    while (fabs(dx) > 1e-6 || fabs(f - 1) > 1e-6) {
        f = a + b*x^r + c*x
        slope = r*b*x^(r - 1) + c
        dx = (1 - f)/slope
        x = x + dx
        if (x <= 0) {
            x = 1e-4
        } else if (x > 1) {
            x = 1
        }
        count = count + 1
        if (count > 10) {
            printf("IntFire2: no convergence: x=%g f=%g df=%g dx=%g a=%g b=%g c=%g r=%g\n", x, f, slope, dx, a, b, c, r)
            f = 1
            dx = 0
        }
    }
    newton1 = x
}
