: A GLOBAL variable that borrower.mod uses.
NEURON { SUFFIX lender GLOBAL lent }
PARAMETER { lent = 3 }
ASSIGNED { x }
INITIAL { x = lent }
