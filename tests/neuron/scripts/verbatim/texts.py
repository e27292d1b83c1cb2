"""Texts, files, floats and the random numbers of C's library, in VERBATIM."""

from pathlib import Path

from neuron import h
from paired import mechanisms, raises, report

mechanisms("verbatim/words.mod")
soma = h.Section(name="soma")
soma.insert("words")
h.setdata_words(soma(0.5))
h.remember_words(0.1, "numbers.txt")
written = h.write_words(1.5)
text = Path("numbers.txt").read_text()
read = h.read_words()
lines = soma(0.5).words.lines
h.remember_words(2, "no/such/folder/file.txt")

report({
    "verbose": soma(0.5).words.verbose,
    "longer": [h.longer_words("abc", "zz"), h.longer_words("", "zebra"), h.longer_words("xyz", "abc")],
    "same": [h.same_words(text) for text in ("one", "two", "2.5e1 km", "", "words")],
    "written": [written, text],
    "read": [read, lines],
    "missing": [h.write_words(1), h.read_words()],
    "drawn": [h.drawn_words(seed, which) for seed in (0, 1, 12345) for which in (0, 1, 2)],
    "floats": [h.floats_words(x) for x in (0.1, -2.345, 1e10, 7)],
    "no text": raises(h.longer_words, "a", 1),
})
