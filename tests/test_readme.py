"""The README's first two commands are the whole way in, and what CI runs is the second of them."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from store.conditions.examples import table

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")


def first_block(name: str) -> list[str]:
    """The lines of the first shell block of a README."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"there is no {name} yet")
    block = re.search(r"^```(?:sh|bash|shell|console)\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
    assert block is not None, "no shell block"
    return block[1].splitlines()


@pytest.mark.parametrize("name", READMES)
def test_the_first_block_is_two_commands(name: str) -> None:
    lines = first_block(name)
    assert len(lines) == 2
    for line in lines:
        words = shlex.split(line)
        assert words[:4] == ["python3", "-m", "venv", ".venv"], line
        assert ".venv/bin/pip install" in line
    assert lines[0].endswith(".venv/bin/supervise demo")
    assert ".venv/bin/pytest" in lines[1]


@pytest.mark.parametrize("name", READMES)
def test_ci_runs_the_second_command(name: str) -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert script[-1] == first_block(name)[1]


def test_ci_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_bytes().startswith(b"#!/usr/bin/env bash\n")
    assert b"\r" not in script.read_bytes()


def test_cases_are_kept_byte_for_byte() -> None:
    assert "tests/contract/** -text" in (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    months = ROOT / "tests" / "contract" / "cases" / "1-september"
    assert (months / "12-returns.tsv").read_bytes().startswith(b"\xff\xfe")
    assert b"\r\n" in (months / "09-pauses.csv").read_bytes()
    assert (months / "05-people.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_filters_of_the_readme_are_those_of_the_language(name: str, lang: str) -> None:
    assert f"\n\n{table(lang)}\n\n" in (ROOT / name).read_text("utf-8")
