: celsius behind GLOBAL: the mechanism's own, with the default that is ignored elsewhere
NEURON {
    SUFFIX owncelsius
    NONSPECIFIC_CURRENT i
    RANGE g, kelvin
    GLOBAL celsius
}

PARAMETER {
    g = 0.0002 (S/cm2)
    celsius = 31 (degC)
}

ASSIGNED { v (mV) i (mA/cm2) kelvin }

BREAKPOINT {
    kelvin = celsius + 273.15
    i = g*3^((celsius - 20)/10)*(v + 50)
}
