TITLE A CONSTANT with the name of an ion's variable, and a STATE that is the ion

NEURON {
    SUFFIX constants
    USEION ca READ ica WRITE cai
    USEION k READ ki
    RANGE y
}

CONSTANT {
    ko = 5.5
    cao = 2.5
    eca = 120
}

PARAMETER { tau = 20 }

ASSIGNED { v ica ki y }

STATE { cai }

INITIAL { cai = 1e-4 }

BREAKPOINT {
    SOLVE state METHOD cnexp
    y = ko + cao*cai + eca + ki
}

DERIVATIVE state { cai' = -1e2*ica + (1e-4 - cai)/tau }
