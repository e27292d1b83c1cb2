: The same for a point process.
NEURON {
    POINT_PROCESS StreamsPoint
    RANGE x
    RANDOM rr, ss
}
ASSIGNED { x }
INITIAL { x = random_uniform(rr) }
FUNCTION draw() { draw = random_uniform(rr) }
FUNCTION_TABLE rate(v (mV))
PROCEDURE ids(a, b, c) { random_setids(rr, a, b, c) }
