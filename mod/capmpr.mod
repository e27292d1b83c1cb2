TITLE Calcium in one well-mixed compartment, with membrane pump and a reservoir

COMMENT
The pump is that of cabpump.mod:

    cai + pump <-> pumpca      k1, k2
    pumpca <-> pump + cao      k3, k4

cai also equilibrates with a reservoir car with time constant tau. INITIAL goes to
the steady state; a short tau during it sets cai to a chosen value, and a long tau
afterwards takes the reservoir away.
ENDCOMMENT

NEURON {
    SUFFIX capmpr
    USEION ca READ cao, cai WRITE cai, ica
    GLOBAL k1, k2, k3, k4, car, tau
}

UNITS {
    (mol) = (1)
    (mM)  = (milli/liter)
    (um)  = (micron)
    (mA)  = (milliamp)
    PI      = (pi)      (1)
    FARADAY = (faraday) (coulomb)
}

PARAMETER {
    car = 5e-5     (mM)
    tau = 1e9      (ms)
    k1  = 5e8      (/mM-s)
    k2  = 0.25e6   (/s)
    k3  = 0.5e3    (/s)
    k4  = 5        (/mM-s)
    pumpdens = 3e-14 (mol/cm2)
}

CONSTANT { volo = 1 (liter) }

ASSIGNED {
    diam       (um)
    cao        (mM)
    ica        (mA/cm2)
    ipump      (mA/cm2)
    ipump_last (mA/cm2)
    voli       (um3)
    area1      (um2)
    c1         (1+8 um5/ms)
    c2         (1-10 um2/ms)
    c3         (1-10 um2/ms)
    c4         (1+8 um5/ms)
}

STATE {
    pump   (mol/cm2)
    pumpca (mol/cm2)
    cai    (mM)
}

INITIAL {
    : per um of a cylinder
    area1 = 2*PI*(diam/2)*1(um)
    voli = PI*(diam/2)^2*1(um)
    c1 = (1e7)*area1*k1
    c2 = (1e7)*area1*k2
    c3 = (1e7)*area1*k3
    c4 = (1e7)*area1*k4

    SOLVE scheme STEADYSTATE sparse
}

BREAKPOINT {
    SOLVE scheme METHOD sparse
    ipump_last = ipump
    ica = ipump
}

KINETIC scheme {
    COMPARTMENT voli { cai }
    COMPARTMENT (1e10)*area1 { pump pumpca }
    COMPARTMENT volo*(1e15) { cao car }

    ~ car <-> cai (1(um3)/tau, 1(um3)/tau)
    ~ cai + pump <-> pumpca (c1, c2)
    ~ pumpca <-> pump + cao (c3, c4)
    ipump = (1e-4)*2*FARADAY*(f_flux - b_flux)/area1

    : ica holds the pump's current of the previous step, not of this one
    ~ cai << (-(ica - ipump_last)*area1/(2*FARADAY)*(1e4))

    CONSERVE pump + pumpca = (1e10)*area1*pumpdens
}
