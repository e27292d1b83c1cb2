TITLE GLOBAL variables that are arrays

NEURON {
    SUFFIX globalarray
    GLOBAL made, given
    RANGE sum
}

PARAMETER { given[3] }

ASSIGNED { made[4] sum }

INITIAL {
    sum = 0
    FROM i = 0 TO 3 { made[i] = i*i + 0.5 }
    FROM i = 0 TO 2 { sum = sum + given[i] }
}
