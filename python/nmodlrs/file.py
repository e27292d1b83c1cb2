"""NEURON's class File: text and binary files."""

import os
import re
import tempfile

from nmodlrs.template import Numbered

# what scanvar takes for a number: the first that the rest of the text has
_NUMBER = re.compile(rb"[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)")


class File(Numbered):
    """A file, by name. The methods that open it return 1 if they could, else 0."""

    _numbered = True

    def __init__(self, name=""):
        self._path = name
        self._file = None

    def _open(self, name, mode):
        self.close()
        if name is not None:
            self._path = name
        try:
            self._file = open(self._path, mode)
        except OSError:
            return 0.0
        return 1.0

    def _opened(self, what):
        if self._file is None:
            raise RuntimeError(f"{self._name}.{what}: {self._path!r} is not open")
        return self._file

    def _reading(self, what):
        file = self._opened(what)
        if not file.readable():
            raise RuntimeError(f"{self._name}.{what}: {self._path!r} is open for writing")
        return file

    def _writing(self, what):
        file = self._opened(what)
        if not file.writable():
            raise RuntimeError(f"{self._name}.{what}: {self._path!r} is open for reading")
        return file

    def ropen(self, name=None):
        """Opens the file for reading."""
        return self._open(name, "rb")

    def wopen(self, name=None):
        """Opens the file for writing, from its beginning."""
        return self._open(name, "wb")

    def aopen(self, name=None):
        """Opens the file for writing at its end."""
        return self._open(name, "ab")

    def close(self):
        """Closes the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
        return 0.0

    def isopen(self):
        """Whether the file is open."""
        return float(self._file is not None)

    def getname(self):
        """The name of the file."""
        return self._path

    def dir(self):
        """The folder of the file."""
        folder = os.path.dirname(self._path)
        return folder + "/" if folder else ""

    def unlink(self):
        """Removes the file."""
        try:
            os.unlink(self._path)
        except OSError:
            return 0.0
        return 1.0

    def mktemp(self):
        """Gives the file a name that no other file has."""
        handle, self._path = tempfile.mkstemp()
        os.close(handle)
        return 1.0

    def printf(self, text, *values):
        """Writes as C's printf does."""
        self._writing("printf").write((text % values).encode())
        return 0.0

    def flush(self):
        """Has what was written so far stored."""
        self._opened("flush").flush()
        return 1.0

    def eof(self):
        """Whether the end of the file is reached."""
        file = self._opened("eof")
        byte = file.read(1) if file.readable() else b""
        if byte:
            file.seek(-1, os.SEEK_CUR)
        return float(not byte)

    def gets(self, into):
        """Reads a line into a string reference. Returns its length, or -1 at the end."""
        line = self._reading("gets").readline()
        if not line:
            return -1.0
        into[0] = line.decode(errors="replace")
        return float(len(line))

    def scanstr(self, into):
        """Reads a word into a string reference. Returns its length, or -1 at the end."""
        word = self._word("scanstr")
        if not word:
            return -1.0
        into[0] = word.decode(errors="replace")
        return float(len(word))

    def scanvar(self):
        """Reads the next number."""
        while word := self._word("scanvar"):
            found = _NUMBER.search(word)
            if found:
                file = self._opened("scanvar")
                file.seek(found.end() - len(word), os.SEEK_CUR)
                return float(found.group())
        raise RuntimeError(f"{self._name}.scanvar: there is no number up to the end")

    def _word(self, what):
        file = self._reading(what)
        word = b""
        while byte := file.read(1):
            if byte.isspace():
                if word:
                    file.seek(-1, os.SEEK_CUR)
                    break
            else:
                word += byte
        return word

    def seek(self, offset=0, origin=0):
        """Goes to a position: from the beginning (0), from here (1) or from the end (2)."""
        self._opened("seek").seek(int(offset), int(origin))
        return 0.0

    def tell(self):
        """The position."""
        return self._opened("tell").tell()

    def read(self, size=-1):
        """Reads bytes; for Vector and SaveState."""
        return self._reading("read").read(size)

    def write(self, data):
        """Writes bytes; for Vector and SaveState."""
        return self._writing("write").write(data)
