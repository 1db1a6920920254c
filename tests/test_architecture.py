"""The house rules that can be checked: who imports whom, what is lazy, and that every word is there."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from commands.app import first_words, word_of
from commands.options import commands_in
from store import discovery
from store.words import LANGUAGES, catalogue, knows

ROOT = Path(__file__).parents[1]
PACKAGES = ("store", "commands", "console", "seeds")
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}


def sources(*folders: str) -> list[Path]:
    """The modules of the packages."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_import_contracts_are_kept() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


LOADED = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
SCREEN = {
    "duckdb",
    "textual",
    "rich",
    "pandas",
    "numpy",
    "openpyxl",
    "python_calamine",
    "alembic",
    "tabulate",
}
PYDANTIC, TYPER = {"pydantic", "pydantic_core"}, {"typer"}
HEAVY = SCREEN | {"sqlalchemy", "sqlite3", "psycopg", "chinese_calendar"}


def _loaded_by(code: str) -> set[str]:
    return set(python(f"{code}\n{LOADED}").splitlines()[-1].split())


RUN = "from commands.app import main\ntry: main()\nexcept SystemExit: pass"


@pytest.mark.parametrize(
    ("argv", "heavy"),
    [
        (["--help"], HEAVY | TYPER),
        (["--lang", "zh", "--help"], HEAVY | TYPER),
        (["--version"], HEAVY | PYDANTIC),
        (["posts", "--help"], SCREEN | PYDANTIC),
        (["duplicates", "--help"], SCREEN | PYDANTIC),
    ],
    ids=["help", "help in a language", "version", "help of a command", "help of a question to all"],
)
def test_help_is_light(argv: list[str], heavy: set[str]) -> None:
    assert _loaded_by(f"import sys; sys.argv = ['supervise', *{argv!r}]\n{RUN}") & heavy == set()


ANSWERING = "sys.argv = ['supervise', *{argv!r}]; os.environ.pop('SUPERVISE_STORE', None)"
MODULES = "print(*sorted(sys.modules))"
NEEDLESS = ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "store.intake")


def test_an_answer_loads_what_it_needs_alone(golden_template: Path) -> None:
    argv = ["overdue", "--county", "511025", "--as-of", "2025-10-20", "--format", "json"]
    argv += ["--store", str(golden_template)]
    said = python(f"import os, sys\n{ANSWERING.format(argv=argv)}\n{RUN}\n{MODULES}").splitlines()
    loaded = set(said[-1].split())
    assert said[0].startswith('[{"kind": "approval"')
    assert {name.partition(".")[0] for name in loaded} & (SCREEN | PYDANTIC | {"psycopg"}) == set()
    others = {f"store.queries.{name}" for name in ("failed", "failures", "ledger", "overdue_payments")}
    assert [name for name in sorted(loaded) if name.startswith(NEEDLESS) or name in others] == []


def test_words_are_light() -> None:
    loaded = _loaded_by("import store.words; store.words.say('command', 'zh')")
    assert loaded & (HEAVY | {"typer", "commands", "console", "seeds"}) == set()


def test_the_help_of_everything_names_every_command() -> None:
    code = "import sys; sys.argv = ['supervise', '--help']\nfrom commands.app import main\nmain()"
    said = python(code)
    assert [word for word in first_words() if f"  {word}" not in said] == []


def test_every_command_has_its_help_in_the_catalogue() -> None:
    missing, empty = [], []
    for name in discovery.names("commands"):
        found = commands_in(discovery.load("commands", name))
        missing += [words for words in found if not knows(f"command.{words.replace(' ', '.')}")]
        if word_of(name) in first_words() and not any(w.split()[0] == word_of(name) for w in found):
            empty.append(name)
    assert missing == []
    assert empty == [], "modules in commands/ without a command of their name"


def _word_dictionaries() -> Iterator[tuple[Path, ast.Dict]]:
    for path in sources("store/words"):
        for node in ast.parse(path.read_text("utf-8")).body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(target, ast.Name) and target.id == "WORDS" and isinstance(node.value, ast.Dict):  # type: ignore[attr-defined]
                yield path, node.value  # type: ignore[attr-defined]


def test_no_word_stands_twice() -> None:
    seen: dict[str, str] = {}
    twice = []
    for path, words in _word_dictionaries():
        for key in words.keys:
            if isinstance(key, ast.Constant):
                if key.value in seen:
                    twice.append(f"{key.value}: {seen[key.value]} and {path.name}:{key.lineno}")
                seen[key.value] = f"{path.name}:{key.lineno}"
    assert twice == []
    assert catalogue()


def _places(text: str) -> set[str]:
    return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in Formatter().parse(text) if name}


def _needed(key: str) -> set[str]:
    """The places of a key's texts, in both languages."""
    return _places(catalogue()[key][0]) | _places(catalogue()[key][1])


def test_every_word_has_both_languages_with_the_same_places() -> None:
    wrong = []
    for key, texts in catalogue().items():
        if len(texts) != len(LANGUAGES) or not all(isinstance(text, str) and text.strip() for text in texts):
            wrong.append(f"{key}: not two texts")
            continue
        # a word that is filled in may differ by language: {step_zh} and {step_en} are one place
        zh = {place.removesuffix("_zh") for place in _places(texts[0])}
        en = {place.removesuffix("_en") for place in _places(texts[1])}
        if zh != en:
            wrong.append(f"{key}: {sorted(zh)} and {sorted(en)}")
    assert wrong == []


ERRORS = {"NotDone", "NotFound", "WrongUsage", "SuperviseError"}


def _calls(path: Path, names: set[str]) -> Iterator[tuple[str, ast.Call, str]]:
    """Calls of these names whose first argument is a plain text: the name, the call, the text."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if name in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield name, node, first.value


def test_every_error_that_is_raised_has_its_sentence_with_its_places() -> None:
    wrong = []
    for path in sources(*PACKAGES):
        for _, call, key in _calls(path, ERRORS):
            where = f"{path.relative_to(ROOT)}:{call.lineno} error.{key}"
            if not knows(f"error.{key}"):
                wrong.append(f"{where}: no sentence")
                continue
            given = {each.arg for each in call.keywords}
            if None not in given and _needed(f"error.{key}") - given:
                wrong.append(f"{where}: {sorted(_needed(f'error.{key}') - given)} not given")
    assert wrong == []


def test_every_text_that_is_said_is_in_the_catalogue() -> None:
    wrong = []
    for path in sources(*PACKAGES):
        for _, call, key in _calls(path, {"say"}):
            where = f"{path.relative_to(ROOT)}:{call.lineno} {key}"
            if not knows(key):
                wrong.append(f"{where}: not there")
                continue
            given = {each.arg for each in call.keywords}
            if None not in given and _needed(key) - given:
                wrong.append(f"{where}: {sorted(_needed(key) - given)} not given")
    assert wrong == []


def test_every_act_of_the_trace_has_its_word() -> None:
    verbs = set()
    for path in sources(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "trace.record" and len(node.args) > 2:
                verb = node.args[2]
                if isinstance(verb, ast.Constant):
                    verbs.add(str(verb.value))
    assert {"store_made", "export", "reveal"} <= verbs
    assert [verb for verb in sorted(verbs) if not knows(f"enum.verb.{verb}")] == []


def test_only_one_module_writes_to_standard_output() -> None:
    writers = []
    for path in sources("store", "commands", "seeds"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            prints = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            )
            stdout = isinstance(node, ast.Attribute) and node.attr == "stdout"
            if (prints or stdout) and path.relative_to(ROOT).as_posix() not in {
                "commands/output.py",
                "commands/app.py",
            }:
                writers.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert writers == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path
        for path in sources(*PACKAGES, "tests")
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert [path.relative_to(ROOT).as_posix() for path in silent] == []


def test_no_folder_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "common", "manager", "base", "misc"}
    found = [
        path
        for path in sources(*PACKAGES)
        if drawers & {part.removesuffix(".py") for part in path.parts[-3:]}
    ]
    assert found == []
