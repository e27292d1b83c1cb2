"""File: lines, words and numbers are written and read, positions, ends, and what is not there."""

from neuron import h
from paired import report

line = h.ref("")
file = h.File()
written = [file.wopen("numbers.txt"), file.isopen(), file.printf("%g %d %s\n", 1.5, 3, "abc")]
written += [file.printf("a second line\n"), file.tell(), file.flush(), file.close(), file.isopen()]
read = [file.ropen("numbers.txt"), file.scanvar(), file.scanvar(), file.scanstr(line), line[0]]
read += [file.eof(), file.gets(line), line[0], file.gets(line), line[0], file.gets(line)]
moved = [file.seek(2), file.tell(), file.gets(line), line[0], file.seek(-5, 2), file.gets(line)]
moved += [line[0], file.eof(), file.getname()]
file.close()
more = [file.aopen("numbers.txt"), file.printf("end\n"), file.close(), file.ropen()]
lines = 0
while file.gets(line) > 0:
    lines += 1
file.close()
missing = [file.ropen("no such file"), file.isopen(), file.getname(), file.unlink()]
gone = h.File("numbers.txt")
missing += [gone.unlink(), gone.ropen()]
try:
    gone.gets(line)
except RuntimeError:
    missing.append("not open")

report({
    "written": written,
    "read": read,
    "moved": moved,
    "more": [*more, lines],
    "missing": missing,
})
