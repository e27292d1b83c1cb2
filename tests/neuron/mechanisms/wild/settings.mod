TITLE Variables of a file without mechanism keep their names

NEURON { SUFFIX nothing }

PARAMETER {
    ready_flag = 0
    gain = 2.5 (1)
    calls = 0
    table_of[3]
}

PROCEDURE prepare(x) {
    ready_flag = 1
    calls = calls + 1
    FROM i = 0 TO 2 { table_of[i] = gain*x*(i + 1) }
}

FUNCTION amplified(x) { amplified = gain*x }
