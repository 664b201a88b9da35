"""Lists that a phone shows a page at a time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page of a list: `at` counts from 0, `of` is how many there are, `size` how many stand on each."""

    at: int
    of: int
    size: int

    @property
    def first(self) -> int:
        """Return how many stand on the pages before."""
        return self.at * self.size

    @property
    def rows(self) -> slice:
        """Return what of the whole list stands on it."""
        return slice(self.first, self.first + self.size)


def turned(asked: int, count: int, size: int) -> Page:
    """Return the page that was asked for of `count` rows; one that no longer exists becomes the last one."""
    pages = max(1, -(-count // size))
    return Page(max(0, min(asked, pages - 1)), pages, size)
