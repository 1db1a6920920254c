"""Codes whose order matters: stages in the order of approval, results in the order they win at one moment."""

from __future__ import annotations

from store.models.wordlists import GRADES as GRADE_WORDS
from store.models.wordlists import STAGES as STAGE_WORDS

STAGES = tuple(STAGE_WORDS)
OUTCOMES = ("passed", "returned", "rejected", "suspended")
RESULTS = ("pending", "success", "failure", "bounced")
NATURES = ("normal", "supplement", "reissue")
GRADES = tuple(GRADE_WORDS)

# How a payment stands by its own returns; what its failure makes of that where it waits for its money
# (`settled_…`) and where rounds are counted (`apart_…`: a failure is counted as one payment); and how a
# failure stands itself.
STANDINGS = (
    *("none", "pending", "success", "failing"),
    *("settled_waiting", "settled_failing", "apart_none", "apart_pending", "apart_success"),
    *("failed", "credited", "refunded"),
)

# Where the approval of a case stands: between two stages, refused, approved and in no batch, in a batch, or
# in the stage that has it.
CASE_STANDINGS = ("between", "refused", "approved", "batched", *STAGES)
