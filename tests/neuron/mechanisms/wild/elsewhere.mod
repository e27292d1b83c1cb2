TITLE A GLOBAL variable of a mechanism that ships, used from here

NEURON {
    SUFFIX elsewhere
    EXTERNAL eps_IntFire4, taueps_IntFire4
    RANGE seen
}

ASSIGNED {
    eps_IntFire4
    taueps_IntFire4
    seen
}

BREAKPOINT {
    seen = eps_IntFire4 + taueps_IntFire4
}
