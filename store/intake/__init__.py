"""How lines of any feed land in bulk: checked by the column, linked, judged, landed, and held lines freed."""
