: Functions that use a variable of another mechanism, and nothing of an instance.
NEURON { SUFFIX borrower EXTERNAL lent_lender RANGE y }
ASSIGNED { lent_lender y }
INITIAL { y = doubled(1) }
FUNCTION doubled(x) { doubled = 2*x*lent_lender }
FUNCTION through(x) { through = doubled(x) + 1 }
PROCEDURE lend(x) { lent_lender = x }
FUNCTION own() { own = y }
