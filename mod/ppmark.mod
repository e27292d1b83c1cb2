TITLE Marks a place on a cell, and does nothing

NEURON { POINT_PROCESS PointProcessMark }
