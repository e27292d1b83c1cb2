"""Makes docs/nmodl/support.md: what each translator makes of the examples of the pages.

    support.py MODCC    with the Python of venv.sh; MODCC is Arbor's compiler, of `pip install arbor`

Our column and NEURON's are held by the tests of tests/pages. The others are made by this script alone:
each translator gets the examples of a page, one file at a time.
"""

import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import pages

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "target" / "pages"
GROUPS = {
    "blocks": "Blocks",
    "neuron": "The NEURON block",
    "statements": "Statements",
    "methods": "Methods",
    "functions": "Functions",
}
HEAD = """\
# What is supported where

Made by `tests/neuron/support.py` from the examples of the [pages](README.md). *yes* in our column: the
example compiles, interpreter and native code do the same with it. In that of NEURON {neuron}: the
example gives the same numbers there. In the other two: the translator makes code of it, whose numbers were
not looked at. A number leads to the message with which an example is refused.

- **NMODL framework**: the `nmodl` that comes with NEURON {neuron}, with `host --c` as for CoreNEURON.
- **Arbor {arbor}**: its `modcc`. Units behind numbers in formulas, and declarations of `v`, currents and
  the variables of ions, are taken out of the examples first, for it knows the ones not and the others by
  itself.

"""


NOT_TELLING = ("error trace:", "internal compiler error:", "error:")
NOT_TELLING += ("Cannot translate mod file to .cpp file", "Fix the following errors and try again")
NOT_TELLING += ("Code incompatibility detected", "error: the file")


def refusal(command, name, text, others):
    """What a translator says of a file, or None if it makes code of it."""
    with tempfile.TemporaryDirectory() as folder:
        for other, content in others.items():
            Path(folder, other).write_text(content)
        Path(folder, name).write_text(text)
        Path(folder, "out").mkdir()
        done = subprocess.run(
            [*(name if each == "FILE" else each for each in command)], cwd=folder, capture_output=True, text=True, errors="replace"
        )
        made = any(Path(folder).rglob("*.cpp")) or any(Path(folder).rglob("*.hpp"))
        said = done.stdout + done.stderr
    if done.returncode == 0 and made and "error" not in said:
        return None
    return shortened(said, name)


def shortened(said, name):
    """The line of an output that says what is wrong."""
    said = re.sub(r"\x1b\[[0-9;]*m", "", said)
    lines = [line.strip(" *\t") for line in said.splitlines()]
    # without the place, and without lines that have nothing else
    lines = [re.sub(r"(error: *)?\S*\(line \d+, ?col \d+\)\.?>?>?'?", "", line).strip() for line in lines]
    lines = [re.sub(r"^\[NMODL\] \[\w+\] :: ", "", line) for line in lines]
    lines = [line.replace(name, "the file") for line in lines]
    lines = [line for line in lines if re.search(r"\w", line) and line not in NOT_TELLING]
    lines = [line for line in lines if not line.startswith("terminate called")]
    telling = [line for line in lines if re.search(r"error|fail|unexpected|not |unable", line, re.I)]
    line = (telling or lines or ["no message"])[0]
    return line.replace("|", "\\|").removeprefix("what():").strip()[:160]


def for_arbor(text):
    """A text without units behind numbers in code, and without declarations of what modcc knows."""
    known = ["v", "area", "diam", "t"]
    for ion in re.findall(r"USEION (\w+)", text):
        known += [f"e{ion}", f"i{ion}", f"{ion}i", f"{ion}o"]
    for names in re.findall(r"NONSPECIFIC_CURRENT (.+)", text):
        known += names.split(", ")
    unit = re.compile(r"(?<=[\d.]) \((?:[a-zA-Z/][\w/-]*)\)")
    declared = re.compile(rf"(?m)^    (?:{'|'.join(known)}) \([^)]*\)\n")
    code = re.compile(r"(?!NEURON|UNITS|PARAMETER|CONSTANT|ASSIGNED|STATE|INDEPENDENT)")
    parts = re.split(r"(?m)^(?=[A-Z])", text)
    return "".join(
        unit.sub("", part) if code.match(part)
        else declared.sub("", part) if part.startswith("ASSIGNED")
        else part
        for part in parts
    )


def translators(modcc):
    bin = Path(sys.executable).parent
    return {
        "framework": ([bin / "nmodl", "FILE", "-o", "out", "host", "--c"], lambda text: text),
        "arbor": ([modcc, "-t", "cpu", "-o", "out", "FILE"], for_arbor),
    }


def row(page, known, notes):
    files = [each for each in pages.examples() if each.page == page and each.language == "nmodl"]
    others = {each.name: each.text for each in pages.examples() if each.page == page}
    title = pages.PAGES.joinpath(f"{page}.md").read_text().splitlines()[0].removeprefix("# ")
    cells = [f"[{title}]({page}.md)".replace("|", "\\|"), "yes"]
    in_neuron = all(each.in_neuron for each in pages.examples() if each.page == page)
    cells.append("yes" if in_neuron else "differs")
    for command, prepared in known.values():
        refused = [refusal(command, each.name, prepared(each.text), others) for each in files]
        reasons = [reason for reason in refused if reason]
        if reasons:
            notes.append(f"`{Path(command[0]).name}`, {title}: {reasons[0]}")
            cells.append(f"no [{len(notes)}](#messages)")
        else:
            cells.append("yes")
    return "| " + " | ".join(cells) + " |\n"


def page_of(modcc, arbor):
    known, notes = translators(modcc), []
    parts = [HEAD.format(neuron=version("neuron"), arbor=arbor)]
    names = sorted({each.page for each in pages.examples()})
    for group, title in GROUPS.items():
        parts.append(f"## {title}\n\n| | nmodlrs | NEURON | NMODL framework | Arbor |\n|---|---|---|---|---|\n")
        parts += [row(name, known, notes) for name in names if name.startswith(f"{group}/")]
        parts.append("\n")
    parts.append("## Messages\n\n")
    parts += [f"{i}. {note}\n" for i, note in enumerate(notes, 1)]
    return "".join(parts)


def version_of_arbor(modcc):
    python = Path(modcc).parent / "python"
    command = "from importlib.metadata import version; print(version('arbor'))"
    return subprocess.run([python, "-c", command], capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    compiler = str(Path(sys.argv[1]).absolute())
    pages.PAGES.joinpath("support.md").write_text(page_of(compiler, version_of_arbor(compiler)))
