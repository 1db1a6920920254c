"""Records of a sheet as columns: plain lines stay bytes, and become texts column by column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.arrays import MOST_BYTES, Flags, Ints, Matrix, Texts
from store.readers._sheet import Block


@dataclass(frozen=True, eq=False)
class Grid:
    """Records in order: those of `plain` are cut from `buffer` by `starts` and `stops`, the others `odd`."""

    lines: Ints  # where each record begins, counted from 1
    buffer: Matrix
    plain: Ints  # places among the records, ascending
    starts: Ints  # a row a plain record, a column a cell
    stops: Ints
    odd: dict[int, list[str]]  # by place
    undecodable: frozenset[int]  # places

    @staticmethod
    def of(block: Block) -> Grid:
        """Records that are texts already."""
        none = np.zeros(0, dtype=np.int64)
        lines, odd = np.array(block.lines, dtype=np.int64), dict(enumerate(block.rows))
        grid = np.zeros((0, 0), dtype=np.int64)
        return Grid(lines, np.zeros(0, dtype=np.uint8), none, grid, grid, odd, block.undecodable)

    def __len__(self) -> int:
        return len(self.lines)

    def kept(self, keep: Flags) -> Grid:
        """Some of the records."""
        place = np.cumsum(keep) - 1
        some = keep[self.plain]
        return Grid(
            self.lines[keep],
            self.buffer,
            place[self.plain[some]],
            self.starts[some],
            self.stops[some],
            {int(place[at]): row for at, row in self.odd.items() if keep[at]},
            frozenset(int(place[at]) for at in self.undecodable if keep[at]),
        )

    def part(self, start: int, end: int) -> Grid:
        """The records from one place up to but without another."""
        if start <= 0 and end >= len(self):
            return self
        here = np.arange(len(self))
        return self.kept((here >= start) & (here < end))

    def row(self, place: int) -> list[str]:
        """The cells of one record."""
        if place in self.odd:
            return self.odd[place]
        at = int(np.searchsorted(self.plain, place))
        spans = zip(self.starts[at].tolist(), self.stops[at].tolist(), strict=True)
        return [self.buffer[start:stop].tobytes().decode() for start, stop in spans]

    def wider(self, width: int) -> Flags:
        """Which records have more cells than `width`."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[self.plain] = self.starts.shape[1] > width
        for at, row in self.odd.items():
            found[at] = len(row) > width
        return found

    def column(self, at: int) -> Texts | list[str | None]:
        """The cells of one column; a record that is shorter has an empty one."""
        if not len(self.plain):
            return Texts.of([row[at] if at < len(row) else "" for row in self.odd.values()])
        odd = {place: row[at] for place, row in self.odd.items() if at < len(row) and row[at]}
        coded = {place: text.encode("utf-8", "surrogatepass") for place, text in odd.items()}
        lengths = np.zeros(0, dtype=np.int64)
        inside = at < self.starts.shape[1]
        if inside:
            lengths = self.stops[:, at] - self.starts[:, at]
        width = max(1, int(lengths.max(initial=0)), max(map(len, coded.values()), default=0))
        if width * len(self) > MOST_BYTES or any(b"\0" in each for each in coded.values()):
            rows = (self.row(place) for place in range(len(self)))
            return [row[at] if at < len(row) else "" for row in rows]
        found = np.zeros((len(self), width), dtype=np.uint8)
        if inside:
            found[self.plain] = self._cells(at, lengths, width)
        column = Texts(found.view(f"S{width}").reshape(len(self)))
        for place, cell in coded.items():
            column.cells[place] = cell
        return column

    def _cells(self, at: int, lengths: Ints, width: int) -> Matrix:
        if not lengths.any():
            return np.zeros((len(lengths), width), dtype=np.uint8)
        # a window on every byte, of which those that begin a cell are copied; past the end there is nothing
        starts, size = self.starts[:, at], len(self.buffer)
        buffer = self.buffer
        if int(starts.max()) + width > size:
            buffer = np.concatenate([buffer, np.zeros(width, dtype=np.uint8)])
        cells: Matrix = np.lib.stride_tricks.sliding_window_view(buffer, width)[starts]
        if int(lengths.min()) < width:
            cells *= np.arange(width) < lengths[:, None]
        return cells
