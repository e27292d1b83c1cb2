"""The examples of the pages below docs/nmodl, as files.

An example is a fenced block whose line before is its file's name in backquotes, alone:

    `gate.mod`

    ```nmodl
    ...

Words after the language say what else there is to know: `not-in-neuron`, a file or a run that NEURON
9.0.2 refuses or does otherwise, as the page explains; `relative=1e-5`, the agreement that is asked for.
Fences without a name are no examples. tests/pages/examples.rs reads the same.

    pages.py DIR    writes all examples to DIR, a folder for each folder of pages
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

PAGES = Path(__file__).resolve().parents[2] / "docs" / "nmodl"
FENCE = re.compile(r"^`([\w.]+)`\n\n```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A file of a page."""

    page: str  # path below docs/nmodl, without its ending
    name: str
    language: str
    words: tuple
    text: str

    @property
    def folder(self):
        return self.page.split("/")[0]

    @property
    def in_neuron(self):
        return "not-in-neuron" not in self.words

    @property
    def relative(self):
        given = [word.removeprefix("relative=") for word in self.words if word.startswith("relative=")]
        return float(given[0]) if given else 1e-9


def examples():
    """All examples, in the order of pages and of their places in them."""
    found = []
    for page in sorted(PAGES.glob("*/*.md")):
        name = page.relative_to(PAGES).with_suffix("").as_posix()
        for match in FENCE.finditer(page.read_text()):
            file, language, words, text = match.groups()
            found.append(Example(name, file, language, tuple(words.split()), text))
    return found


def write(folder):
    """Writes each example to its place below `folder`, and removes files that are none."""
    wanted = {}
    for example in examples():
        place = example.folder if example.in_neuron else f"{example.folder}-here"
        wanted[Path(folder) / place / example.name] = example.text
    for file in Path(folder).glob("*/*"):
        if file.suffix in (".mod", ".inc", ".toml", ".py") and file not in wanted:
            file.unlink()
    for file, text in wanted.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text() != text:
            file.write_text(text)
    return list(wanted)


if __name__ == "__main__":
    write(sys.argv[1])
