TITLE Radial calcium diffusion in a cylinder, with buffer and membrane pump

COMMENT
Calcium diffuses between NANN coaxial shells. Shell 0 lies under the membrane and
is half as thick as the others, and so is the innermost: the concentrations are
then those at the membrane, at the axis and at equal distances in between, and the
differences that stand for the gradient are centred (of second order).

A fast buffer of capacity beta slows diffusion down. At the membrane a pump
binds calcium and lets it go outside:

    ca[0] + pump <-> pumpca      k1, k2
    pumpca <-> pump + cao        k3, k4

N. T. Carnevale and M. L. Hines, "The NEURON Book" (2006), chapter 9, derive this
discretization.

Geometry is in units of the diameter: vol[i]*diam^2 is the cross section of shell i,
frat[i]*diam the perimeter of its outer face over the distance of the centres
(frat[0]: the perimeter over pi). All is per um of length.
ENDCOMMENT

DEFINE NANN 10

NEURON {
    SUFFIX cadifpmp
    THREADSAFE
    USEION ca READ cao, ica WRITE cai, ica
    RANGE ica_pmp, ica_pmp_last
    GLOBAL vol, pump0
}

UNITS {
    (mol)   = (1)
    (molar) = (1/liter)
    (mM)    = (millimolar)
    (um)    = (micron)
    (mV)    = (millivolt)
    (mA)    = (milliamp)
    FARADAY = (faraday) (coulomb)
    PI      = (pi)      (1)
}

PARAMETER {
    DFree = 0.6    (um2/ms)  <0, 1e9>
    beta  = 50               <0, 1e9>
    k1    = 5e8    (/mM-s)   <0, 1e10>
    k2    = 0.25e6 (/s)      <0, 1e10>
    k3    = 0.5e3  (/s)      <0, 1e10>
    k4    = 5      (/mM-s)   <0, 1e10>
    pump0 = 3e-14  (mol/cm2) <0, 1e9> : density of the pump; 0 for none
}

CONSTANT { volo = 1 (liter) }

ASSIGNED {
    v            (mV)
    celsius      (degC)
    diam         (um)
    cai          (mM)
    cao          (mM)
    ica          (mA/cm2)
    ica_pmp      (mA/cm2)
    ica_pmp_last (mA/cm2)
    vol[NANN]    (1)
    area1        (um2)
    c1           (1+8 um5/ms)
    c2           (1-10 um2/ms)
    c3           (1-10 um2/ms)
    c4           (1+8 um5/ms)
}

LOCAL frat[NANN]

STATE {
    ca[NANN] (mM)      <1e-6>
    pump     (mol/cm2) <1e-15>
    pumpca   (mol/cm2) <1e-15>
}

INITIAL {
    LOCAL total
    parms()
    FROM i = 0 TO NANN - 1 {
        ca[i] = cai
    }
    : binding to cai at equilibrium
    pumpca = cai*pump*c1/c2
    total = pump + pumpca
    if (total > 1e-9) {
        : the second line sees the pump of the first
        pump = pump*(pump/total)
        pumpca = pumpca*(pump/total)
    }
    ica_pmp_last = 0
    ica_pmp = 0
}

BREAKPOINT {
    SOLVE shells METHOD sparse
    ica_pmp_last = ica_pmp
    ica = ica_pmp
}

KINETIC shells {
    COMPARTMENT i, (1 + beta)*diam*diam*vol[i]*1(um) { ca }
    COMPARTMENT (1e10)*area1 { pump pumpca }
    COMPARTMENT volo*(1e15) { cao }

    ~ pumpca <-> pump + cao (c3, c4)
    ica_pmp = (1e-4)*2*FARADAY*(f_flux - b_flux)/area1

    : the channels' share of ica; what the pump carries is in the reactions
    ~ ca[0] << (-(ica - ica_pmp_last)*PI*diam*1(um)*(1e4)*frat[0]/(2*FARADAY))

    FROM i = 0 TO NANN - 2 {
        ~ ca[i] <-> ca[i+1] (DFree*frat[i+1]*1(um), DFree*frat[i+1]*1(um))
    }

    ~ ca[0] + pump <-> pumpca (c1, c2)

    cai = ca[0]
}

: Everything that depends on the diameter alone.
PROCEDURE parms() {
    coord()
    area1 = 2*PI*(diam/2)*1(um)
    c1 = (1e7)*area1*k1
    c2 = (1e7)*area1*k2
    c3 = (1e7)*area1*k3
    c4 = (1e7)*area1*k4
}

: Cross sections and faces of the shells, from the membrane inwards.
PROCEDURE coord() {
    LOCAL radius, half
    radius = 1/2
    half = radius/(NANN - 1)/2
    frat[0] = 2*radius
    vol[0] = 0
    FROM i = 0 TO NANN - 2 {
        vol[i] = vol[i] + PI*(radius - half/2)*2*half
        radius = radius - half
        frat[i+1] = 2*PI*radius/(2*half)
        radius = radius - half
        vol[i+1] = PI*(radius + half/2)*2*half
    }
}

: The concentration that balances the present current.
FUNCTION ss() (mM) {
    SOLVE shells STEADYSTATE sparse
    ss = cai
}
