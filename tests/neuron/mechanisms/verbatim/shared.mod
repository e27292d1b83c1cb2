: what `asks.mod` uses of another file
NEURON {
    SUFFIX nothing
    GLOBAL SHARED_FACTOR
}
PARAMETER { SHARED_FACTOR = 2.5 }
