TITLE A driven pendulum by METHOD runge

NEURON {
    SUFFIX driven
    NONSPECIFIC_CURRENT i
    RANGE energy
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    energy
}

STATE { angle speed }

INITIAL {
    angle = 1
    speed = 0
}

BREAKPOINT {
    SOLVE motion METHOD runge
    i = 1e-3*angle
}

DERIVATIVE motion {
    energy = speed*speed/2 - cos(angle)
    angle' = speed
    speed' = -sin(angle) + 0.3*cos(t*0.7) + v/1000
}
