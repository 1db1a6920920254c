"""Where bytes come from: a file, what a gzip holds, or a member of a zip."""

from __future__ import annotations

import errno
import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from store.errors import NotDone

# All that the libraries of archives raise for bytes that are not what they should be; with EINVAL, an OSError
# tells of a place outside the file, and without a number, of a bad gzip.
DAMAGE = (
    zlib.error,
    zipfile.BadZipFile,
    EOFError,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    UnicodeDecodeError,
)
DAMAGE_NUMBERS = (None, errno.EINVAL)
PIECE = 1 << 16  # what stays in the cache of a processor reads twice as fast as a megabyte


def physical(path: Path, shown: str) -> Source:
    """The file at `path`, called `shown` in what is said of it."""
    return Source(shown, lambda: path.open("rb"))


@dataclass(frozen=True)
class Source:
    """Bytes that can be opened again and again."""

    name: str
    opener: Callable[[], AbstractContextManager[IO[bytes]]]
    depth: int = 0  # how many archives it lies in

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes as a stream; NotDone if there is no such file, it may not be read, or it is damaged."""
        try:
            with self.opener() as stream:
                yield stream
        except FileNotFoundError as error:
            raise NotDone("file_missing", path=self.name) from error
        except DAMAGE as error:
            raise NotDone("file_damaged", path=self.name) from error
        except OSError as error:
            key = "file_damaged" if error.errno in DAMAGE_NUMBERS else "file_unreadable"
            raise NotDone(key, path=self.name) from error

    def head(self, size: int) -> bytes:
        """The first `size` bytes."""
        with self.open() as stream:
            return stream.read(size)

    def pieces(self) -> Iterator[bytes]:
        """All bytes, in order."""
        with self.open() as stream:
            while piece := stream.read(PIECE):
                yield piece

    def sha256(self) -> str:
        """The SHA-256 of all bytes, in hexadecimal."""
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()
