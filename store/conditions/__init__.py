"""The filter that the console's `/` and the commands' `--where` share: a text, a tree, a test of rows.

`镇审 超时>10 且 (等级=红,橙 或 金额>=5万)`: words that a row must show, and columns compared with values,
joined by and, or, not. What is tested are a table's rows, in which hidden data is masked already: a filter
finds nothing that is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.conditions.binding import bound
from store.conditions.parsing import parse
from store.conditions.testing import Test, row_test
from store.conditions.tree import EVERYTHING, Tree, printed
from store.tables import Column, Table

__all__ = ["EVERYTHING", "Test", "Tree", "bound", "filtered", "parse", "printed", "row_test", "understood"]


def understood(text: str, columns: Sequence[Column]) -> Tree:
    """The conditions of a text on these columns; WrongUsage with where and what is wrong."""
    return bound(parse(text), columns)


def filtered(tables: Sequence[Table], text: str) -> list[Table]:
    """Of several answers the rows that pass; a column of any of them is unknown in the others."""
    every = tuple({column.key: column for table in tables for column in table.columns}.values())
    tree = understood(text, every)
    found = []
    for table in tables:
        test = row_test(tree, table.columns)
        found.append(Table(table.columns, [row for row in table.rows if test(row)], table.single))
    return found
