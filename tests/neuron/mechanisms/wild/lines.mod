TITLE Several statements on a line, and one expression over several
NEURON { SUFFIX lines NONSPECIFIC_CURRENT i RANGE g, a, b, c, i } PARAMETER { g = 0.0002 e = -70 }
ASSIGNED { v i a b c } STATE { m n } INITIAL { m = 0.1 n = 0.2 a = 1 b = 2 c = 3 }
BREAKPOINT { SOLVE s METHOD cnexp a = m*n b = a + m c = b
    - a
    i = g
        * ( v
            - e )
        * (1 +
           m) }
DERIVATIVE s { m' = (1 - m)/5 n' = (0.5 -
n)/
3 }
