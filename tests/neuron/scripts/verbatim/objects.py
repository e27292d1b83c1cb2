"""C in VERBATIM with Lists, Files and texts of the caller's, and with addresses of its own variables."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("verbatim/objects.mod")
h.install_objects()
vectors = h.List()
for values in ([1, 2, 3], [10, 20], [], [0.5, 0.25, 0.125, 7]):
    vectors.append(h.Vector(values))
sums = h.Vector([9])
count = sums.columns(vectors)

numbers = h.Vector([3, -1.5, 0, 8, -2, 4])
joined = h.ref("")
h.join(joined, "one two", "three")
h("strdef word")
h('join(word, "a", "b c")')

out = h.File("numbers.bin")
out.wopen()
out.printf("head\n")
written = h.save(out, numbers)
out.printf("tail\n")
out.close()
size = h.size_of_file("numbers.bin")
back = h.File("numbers.bin")
back.ropen()
line = h.ref("")
back.gets(line)
again = h.Vector()
read = h.restore(back, again)
rest = h.ref("")
back.gets(rest)
back.close()

report({
    "columns": [count, list(sums)],
    "extent": [h.extent(which, numbers) for which in range(4)],
    "divided": [h.divided(7, 2), h.divided(100, 9)],
    "either": [h.either(1, numbers, sums), h.either(0, numbers, sums)],
    "texts": [joined[0], h.word],
    "files": [written, size, read, list(again), line[0], rest[0]],
    "missing": h.size_of_file("no/such/file"),
    "not a List": raises(sums.columns, 3),
    "closed": raises(h.restore, back, again),
})
