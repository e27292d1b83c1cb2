TITLE Courses from files, and a threshold

NEURON {
    SUFFIX forced
    RANGE smooth, stepped, above, below, odd
}

ASSIGNED {
    smooth
    stepped
    above
    below
    odd
}

INITIAL {
    follow()
}

BREAKPOINT {
    SOLVE follow
}

UNITSOFF
PROCEDURE follow() {
    smooth = force(t - 0.04, "smooth.dat")
    stepped = stepforce(t, "stepped.dat")
    above = threshold(stepped, 2, "min")
    below = threshold(smooth, 1.5, "max")
    odd = threshold(t, 2, "average")
}

FUNCTION at(x) {
    at = force(x, "smooth.dat")
}
UNITSON
