: Streams of random numbers in a density mechanism, and tables of one and two arguments.
NEURON {
    SUFFIX streams
    RANGE x
    RANDOM rr, ss
}
ASSIGNED { x }
INITIAL { x = random_uniform(rr) }
FUNCTION draw() { draw = random_uniform(rr) }
FUNCTION_TABLE rate(v (mV))
FUNCTION_TABLE both(v (mV), w)
FUNCTION used(v (mV)) { used = 2*rate(v) }
