"""Codes whose order matters: stages in the order of approval, results in the order they win at one moment."""

from __future__ import annotations

from store.models.wordlists import GRADES as GRADE_WORDS
from store.models.wordlists import STAGES as STAGE_WORDS

STAGES = tuple(STAGE_WORDS)
OUTCOMES = ("passed", "returned", "rejected", "suspended")
RESULTS = ("pending", "success", "failure", "bounced")
NATURES = ("normal", "supplement", "reissue")
GRADES = tuple(GRADE_WORDS)
