: FUNCTIONs and PROCEDUREs that call themselves and each other, from loops and branches too.
NEURON { SUFFIX recurs NONSPECIFIC_CURRENT i RANGE y, visits, g }
PARAMETER { g = 0.001 }
ASSIGNED { v i y visits }
INITIAL { visits = 0  visit(4)  y = ackermann(2, 3) }
BREAKPOINT { i = g*horner(3, v/50) }
FUNCTION product(n) {
    IF (n < 2) { product = 1 } ELSE { product = n*product(n - 1) }
}
FUNCTION fibonacci(n) {
    fibonacci = n
    IF (n > 1) { fibonacci = fibonacci(n - 1) + fibonacci(n - 2) }
}
FUNCTION ackermann(m, n) {
    IF (m == 0) {
        ackermann = n + 1
    } ELSE IF (n == 0) {
        ackermann = ackermann(m - 1, 1)
    } ELSE {
        ackermann = ackermann(m - 1, ackermann(m, n - 1))
    }
}
FUNCTION even(n) { IF (n == 0) { even = 1 } ELSE { even = odd(n - 1) } }
FUNCTION odd(n) { IF (n == 0) { odd = 0 } ELSE { odd = even(n - 1) } }
FUNCTION leaves(depth) { LOCAL total, k
    total = 0
    IF (depth == 0) { total = 1 } ELSE {
        FROM i = 1 TO 2 { total = total + i*leaves(depth - 1) }
        k = 0
        WHILE (k < leaves(depth - 1)) { k = k + 1 }
        total = total + k
    }
    leaves = total
}
FUNCTION horner(n, x) {
    IF (n == 0) { horner = x } ELSE { horner = x*horner(n - 1, x) + n }
}
PROCEDURE visit(n) {
    visits = visits + n
    IF (n > 0) { visit(n - 1)  visit(n - 2) }
}
