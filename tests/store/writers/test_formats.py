"""The folder is the registry."""

from __future__ import annotations

import subprocess
import sys

import pytest

from store.writers import formats, writer


def test_each_format_can_write() -> None:
    assert {"table", "json", "csv", "markdown", "xlsx"} <= set(formats())
    for name in formats():
        module = writer(name)
        assert callable(module.write)
        assert isinstance(module.BINARY, bool)
        assert module.ENCODING in (None, "utf-8")
    assert [name for name in formats() if writer(name).BINARY] == ["xlsx"]


def test_what_is_no_format_is_refused() -> None:
    for name in ("pdf", "_facts", "", "../json"):
        with pytest.raises(KeyError):
            writer(name)


def test_json_needs_neither_tabulate_nor_openpyxl() -> None:
    code = (
        "import sys; from store.writers import formats, writer; formats(); writer('json'); writer('csv');"
        "print(sorted({'tabulate', 'openpyxl', 'wcwidth'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
