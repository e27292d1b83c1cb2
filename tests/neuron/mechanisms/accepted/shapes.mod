TITLE Functions of the SCoP library

NEURON {
    SUFFIX shapes
    RANGE r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15, r16
}

ASSIGNED { r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11 r12 r13 r14 r15 r16 }

BREAKPOINT {
    r1 = step(t, 0.5, 2)
    r2 = perstep(t, 0.1, 0.4, 2)
    r3 = pulse(t, 0.1, 0.3, 2)
    r4 = perpulse(t, 0.2, 0.3, 0.17, 0.2)
    r5 = ramp(t, 0.2, 0.7, 1.3)
    r6 = squarewave(t, 0.6, 2)
    r7 = sawtooth(t - 1, 0.6, 2)
    r8 = revsawtooth(t, 0.6, 2)
    r9 = harmonic(t, 0.7, 2, 0.1)
    r10 = hyperbol(t, 3, 0.4)
    r11 = revhyperbol(t, 3, 0.4)
    r12 = sigmoid(t, 3, 0.4, 2.5)
    r13 = revsigmoid(t, 3, 0.4, 2.5)
    r14 = gauss(t, 0.7, 2)
    r15 = poisson(3, t)
    r16 = factorial(10*t)
}
