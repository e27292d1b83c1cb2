"""NEURON's class Matrix."""

import sys

from nmodlrs import _nmodlrs
from nmodlrs.file import File
from nmodlrs.template import Numbered


class _Row:
    """A row of `matrix.x`."""

    __slots__ = ("_matrix", "_row")

    def __init__(self, matrix, row):
        self._matrix, self._row = matrix, row

    def __getitem__(self, column):
        return self._matrix.getval(self._row, column)

    def __setitem__(self, column, value):
        self._matrix.setval(self._row, column, value)

    def __len__(self):
        return self._matrix.ncol()


class _Rows:
    """The elements, as `matrix.x[row][column]`."""

    __slots__ = ("_matrix",)

    def __init__(self, matrix):
        self._matrix = matrix

    def __getitem__(self, row):
        if not 0 <= row < self._matrix.nrow():
            raise IndexError(f"Matrix.x: there is no row {row}")
        return _Row(self._matrix, row)

    def __len__(self):
        return self._matrix.nrow()


class Matrix(_nmodlrs.Matrix):
    """A matrix of numbers: Matrix(rows, columns) is full of zeros, Matrix(rows, columns, 2) is sparse.

    Methods that give a Matrix or a Vector take one as their last argument, which then is the
    result.
    """

    _numbered = True

    def __new__(cls, nrow=1, ncol=1, kind=1):
        self = super().__new__(cls, nrow, ncol, kind)
        self._name = f"Matrix[{_nmodlrs.number('Matrix', self)}]"
        return self

    hname = Numbered.hname
    same = Numbered.same
    hocobjptr = Numbered.hocobjptr
    __repr__ = Numbered.__repr__

    @property
    def x(self):
        """The elements, as x[row][column]."""
        return _Rows(self)

    def sprowlen(self, row):
        """The number of stored elements in a row of a sparse matrix."""
        return len(self._stored(row))

    def spgetrowval(self, row, position, column=None):
        """The stored element at a position in a row; its column is put into a reference."""
        stored = self._stored(row)
        if not 0 <= position < len(stored):
            raise IndexError(f"{self._name}.spgetrowval: row {row} has {len(stored)} elements")
        if column is not None:
            column[0] = float(stored[int(position)][0])
        return stored[int(position)][1]

    def resize(self, rows, columns):
        """Changes the size; new elements are 0."""
        for number in (rows, columns):
            if not 1 <= number <= 1e9:
                raise RuntimeError(f"{self._name}.resize: {number}, it needs 1 at least")
        self._resize(int(rows), int(columns))
        return self

    def c(self, out=None):
        """A copy."""
        return self._result(self, out)

    def bcopy(self, row, column, rows, columns, *rest):
        """Copies a block: bcopy(i, j, rows, columns [, to_i, to_j] [, out])."""
        to = (0, 0)
        if rest and not isinstance(rest[0], Matrix):
            to, rest = (int(rest[0]), int(rest[1])), rest[2:]
        out = rest[0] if rest else Matrix(rows, columns)
        self._copy_block((int(row), int(column)), (int(rows), int(columns)), out, to)
        return out

    def mulv(self, vector, out=None):
        """The product with a Vector."""
        return self._vector(self._times_vector(list(vector)), out)

    def mulm(self, other, out=None):
        """The product with a Matrix."""
        if out is not None and (out is self or out is other):
            raise RuntimeError("matrix multiplication cannot be done in place")
        return self._result(self._times(other), out)

    def muls(self, number, out=None):
        """All elements times a number, in this matrix or in `out`."""
        return self._result(self._scaled(number), self if out is None else out)

    def add(self, other, out=None):
        """The sum with a Matrix, in this matrix or in `out`."""
        return self._result(self._plus(other), self if out is None else out)

    def transpose(self, out=None):
        """The transposed matrix."""
        return self._result(self._transposed(), out)

    def getrow(self, row, out=None):
        """A row."""
        return self._vector([self.getval(row, j) for j in range(self.ncol())], out)

    def getcol(self, column, out=None):
        """A column."""
        return self._vector([self.getval(i, column) for i in range(self.nrow())], out)

    def getdiag(self, k, out=None):
        """The kth diagonal: element i of the Vector is the one in row i; others stay as they are."""
        places = self._diagonal(int(k))
        values = [0.0] * self.nrow() if out is None else list(out)[: self.nrow()]
        values += [0.0] * (self.nrow() - len(values))
        for row, column in places:
            values[row] = self.getval(row, column)
        return self._vector(values, out)

    def setrow(self, row, values):
        """Sets a row to a number or to the elements of a Vector."""
        return self._set([(row, j) for j in range(self.ncol())], values, "setrow")

    def setcol(self, column, values):
        """Sets a column to a number or to the elements of a Vector."""
        return self._set([(i, column) for i in range(self.nrow())], values, "setcol")

    def setdiag(self, k, values):
        """Sets the kth diagonal to a number, or to the elements of a Vector that belong to its rows."""
        for row, column in self._diagonal(int(k)):
            if isinstance(values, _nmodlrs.Vector):
                if row < len(values):
                    self.setval(row, column, values[row])
            else:
                self.setval(row, column, values)
        return self

    def zero(self):
        """Makes all elements 0."""
        self._zero()
        return self

    def ident(self):
        """Makes it the identity."""
        self._identity()
        return self

    def exp(self, out=None):
        """The exponential of the matrix."""
        if out is self:
            raise RuntimeError("exponentiation matrix operation cannot be done in place")
        return self._result(self._exponential(), out)

    def pow(self, power, out=None):
        """The matrix to a whole power from 0 to 100."""
        if out is self:
            raise RuntimeError("raising to a power matrix operation cannot be done in place")
        if not 0 <= power <= 100:
            raise RuntimeError(f"{self._name}.pow: the power {power} is not from 0 to 100")
        return self._result(self._power(int(power)), out)

    def inverse(self, out=None):
        """The inverse."""
        return self._result(self._inverse(), out)

    def det(self, exponent):
        """The determinant: the mantissa; the exponent of 10 is put into the reference."""
        mantissa, exponent[0] = self._determinant()
        return mantissa

    def solv(self, b, *rest):
        """The solution x of A·x = b: solv(b [, x] [, use the last factorization])."""
        out = next((each for each in rest if isinstance(each, _nmodlrs.Vector)), None)
        again = any(each for each in rest if not isinstance(each, _nmodlrs.Vector))
        return self._vector(self._solve(list(b), bool(again)), out)

    def symmeig(self, vectors):
        """The eigenvalues of a symmetric matrix, ascending; the eigenvectors become columns."""
        values, found = self._symmetric_eigen()
        vectors._assign(found)
        return self._vector(values, None)

    def svd(self, u=None, v=None):
        """The singular values; the matrix is uᵀ·d·v."""
        values, left, right = self._singular_values()
        if v is not None:
            u._assign(left)
            v._assign(right)
        return self._vector(values, None)

    def set(self, *values):
        """Sets all elements, row by row."""
        wanted = self.nrow() * self.ncol()
        if len(values) < wanted:
            raise RuntimeError(f"{self._name}.set: {len(values)} values for {wanted} elements")
        for at, value in enumerate(values[:wanted]):
            self.setval(at // self.ncol(), at % self.ncol(), value)
        return self

    def to_vector(self, out=None):
        """All elements, column by column."""
        columns = range(self.ncol())
        return self._vector([self.getval(i, j) for j in columns for i in range(self.nrow())], out)

    def from_vector(self, vector):
        """Sets all elements, column by column."""
        if len(vector) != self.nrow() * self.ncol():
            raise RuntimeError("wrong size for Matrix or Vector operation")
        for at, value in enumerate(vector):
            self.setval(at % self.nrow(), at // self.nrow(), value)
        return self

    def printf(self, element=" %-8.3g", row="\n"):
        """Prints the elements, each by the format, and `row` after each row."""
        sys.stdout.write(self._text(element, row))
        return 0.0

    def fprint(self, *arguments):
        """Writes to a File: fprint([with the size,] file [, format of an element [, end of a row]])."""
        size = True
        if arguments and not isinstance(arguments[0], File):
            size, arguments = bool(arguments[0]), arguments[1:]
        file, *formats = arguments
        text = f"{self.nrow()} {self.ncol()}\n" if size else ""
        file.write((text + self._text(*formats)).encode())
        return 0.0

    def scanf(self, file, rows=None, columns=None):
        """Reads from a File: the size, unless it is given, and the elements row by row."""
        if rows is None:
            rows, columns = file.scanvar(), file.scanvar()
        self.resize(rows, columns)
        for i in range(int(rows)):
            for j in range(int(columns)):
                self.setval(i, j, file.scanvar())
        return 0.0

    def _text(self, element=" %-8.3g", row="\n"):
        lines = ("".join(element % self.getval(i, j) for j in range(self.ncol())) for i in range(self.nrow()))
        return "".join(line + row for line in lines)

    def _set(self, places, values, what):
        if isinstance(values, _nmodlrs.Vector):
            if len(values) > len(places):
                raise IndexError(f"Matrix index out of range: {self._name}.{what}")
            for place, value in zip(places, values):
                self.setval(*place, value)
        else:
            for place in places:
                self.setval(*place, values)
        return self

    @staticmethod
    def _result(found, out):
        if out is None:
            out = Matrix(found.nrow(), found.ncol())
        if out is not found:
            out._assign(found)
        return out

    @staticmethod
    def _vector(values, out):
        if out is None:
            return _nmodlrs.Vector(values)
        out.resize(len(values))
        for at, value in enumerate(values):
            out[at] = value
        return out
