"""Labels and words, and what stands in where the catalogue has none."""

from __future__ import annotations

import pytest

from store import words
from store.labels import label, word


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "field.t_stage": ("环节", "Stage"),
        "enum.t_stage.t_town": ("镇审", "Town review"),
        "enum.t_town": ("乡镇", "town"),
        "enum.t_open": ("未结", "open"),
    }
    monkeypatch.setattr(words, "catalogue", lambda: known)


def test_a_column_has_its_label_or_its_key() -> None:
    assert (label("t_stage", "zh"), label("t_stage", "en")) == ("环节", "Stage")
    assert label("t_other", "zh") == "t_other"


def test_a_code_has_its_columns_word_before_the_common_one_before_itself() -> None:
    assert word("t_stage", "t_town", "zh") == "镇审"
    assert word("t_kind", "t_town", "zh") == "乡镇"
    assert word("t_stage", "t_open", "en") == "open"
    assert word("t_stage", "t_\x1bnew", "en") == "t_␛new"
