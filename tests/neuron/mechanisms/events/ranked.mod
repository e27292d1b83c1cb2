TITLE Instances number themselves, and draw from the one stream

NEURON {
    POINT_PROCESS Ranked
    RANGE number, turn, drawn
    GLOBAL count
}

ASSIGNED {
    number
    turn
    drawn
    count
}

INITIAL {
    count = count + 1
    number = count
    drawn = scop_random()
}

BREAKPOINT { SOLVE work }

PROCEDURE work() {
    count = count + 1
    turn = count
    drawn = drawn + scop_random()
}
