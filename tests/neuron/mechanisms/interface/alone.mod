TITLE BEFORE STEP with nothing but one ion variable to read

NEURON {
    SUFFIX alone
    USEION ca READ ica
    RANGE stepped, began
}

ASSIGNED {
    ica (mA/cm2)
    stepped
    began
}

INITIAL { began = ica }

BEFORE STEP { stepped = ica }
