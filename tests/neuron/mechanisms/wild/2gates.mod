TITLE A file without a NEURON block whose name begins with a digit

FUNCTION half(x) { half = x/2 }

FUNCTION opened(v, mid) { opened = 1/(1 + exp(-(v - mid)/half(16))) }
