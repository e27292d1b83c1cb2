TITLE Calcium and its buffer diffuse along the cable; shells of another substance with a pump

NEURON {
    SUFFIX diffusing
    USEION ca READ cao, cai, ica WRITE cai, ica
    RANGE gbar, pumped
}

UNITS {
    (mM) = (milli/liter)
    (um) = (micron)
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S)  = (siemens)
    FARADAY = (faraday) (coulomb)
    PI = (pi) (1)
}

DEFINE SHELLS 3

PARAMETER {
    gbar = 1e-5 (S/cm2)
    dca = 0.6 (um2/ms)
    dbuf = 0.2 (um2/ms)
}

ASSIGNED {
    v (mV)
    diam (um)
    ica (mA/cm2)
    cao (mM)
    pumped
    width[SHELLS]
}

STATE {
    cai (mM) <1e-6>
    free
    bound
    dye[SHELLS]
}

INITIAL {
    cai = 1e-4
    free = 0.05
    bound = 0.01
    FROM k = 0 TO SHELLS - 1 {
        dye[k] = 0.1*(k + 1)*(1 + diam)
        width[k] = 0.2 + k*0.1
    }
}

BREAKPOINT {
    SOLVE moving METHOD sparse
    ica = gbar*(v - 60)
}

KINETIC moving {
    COMPARTMENT PI*diam*diam/4 { cai free bound }
    COMPARTMENT k, width[k]*diam { dye }
    LONGITUDINAL_DIFFUSION dca*PI*diam*diam/4 { cai }
    LONGITUDINAL_DIFFUSION dbuf*PI*diam*diam/4 { free bound }
    LONGITUDINAL_DIFFUSION k, (k + 1)*0.3*width[k]*diam { dye }
    ~ cai << (-ica*PI*diam/(2*FARADAY)*(1e4))
    ~ cai + free <-> bound (30, 0.02)
    ~ dye[0] <-> dye[1] (0.1*diam, 0.2*diam)
    ~ dye[1] <-> dye[2] (0.2*diam, 0.1*diam)
    ~ dye[2] <-> pumped (0.02, 0.1)
}
