"""Compiles .mod files for NEURON, once for each content.

The libraries are below target/neuron/mechanisms; the Python that imports this has NEURON.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

WORK = Path(__file__).resolve().parents[2] / "target" / "neuron"


class CompileError(Exception):
    """nrnivmodl refuses the files; its output is the text."""


def compiled(files):
    """The library that nrnivmodl makes of `files`, now or on an earlier run."""
    digest = hashlib.sha256()
    headers = [header for file in files for header in headers_of(file)]
    for file in [*files, *headers]:
        digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    folder = WORK / "mechanisms" / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            for header in headers:
                shutil.copy(header, folder)
            nrnivmodl(files, folder)
            (folder / "done").touch()
    return next(folder.glob("*/libnrnmech.so"))


def headers_of(file):
    """The headers beside a file that its C includes."""
    names = re.findall(rb'^\s*#\s*include\s*"([^"]+)"', file.read_bytes(), re.MULTILINE)
    headers = {file.parent / name.decode() for name in names}
    return sorted(header for header in headers if header.exists())


def nrnivmodl(files, folder):
    """Compiles `files` in `folder` with the nrnivmodl of this environment."""
    bin = Path(sys.executable).parent
    result = subprocess.run(
        [bin / "nrnivmodl", *(file.resolve() for file in files)],
        cwd=folder,
        env=os.environ | {"PATH": f"{bin}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    if result.returncode != 0:
        raise CompileError(f"nrnivmodl failed:\n{result.stdout}{result.stderr}")
