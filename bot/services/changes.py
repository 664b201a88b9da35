"""What a load of the contingent file changed, or would change."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["contingent", "mission", "post", "watch", "officer", "contact"]
KINDS: tuple[Kind, ...] = ("contingent", "mission", "post", "watch", "officer", "contact")


@dataclass
class Tally:
    """One kind of thing, by code. `missing` ones are in the database and not in the file.

    They are told and never touched, but for contacts, which are then taken out of the directory.
    """

    added: list[str] = field(default_factory=list)
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)  # code: the file's names of what differs
    unchanged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass
class Changes:
    """All that differs between a file and the database.

    `retired`: watches that the file no longer has and that are kept no more. `returned`: retired watches that are back.
    `own_language`: officers who chose another language than the file's and keep it. `replanned`: enrolled officers
    whose duties are planned anew. `corrected`: contacts whose numbers were corrected in chat, which stay.
    """

    dry_run: bool
    tallies: dict[Kind, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    retired: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    own_language: list[str] = field(default_factory=list)
    replanned: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    warnings: tuple[str, ...] = ()

    def of(self, kind: Kind) -> Tally:
        """Return the tally of one kind."""
        return self.tallies[kind]

    def touched(self, kind: Kind) -> set[str]:
        """Return the codes of one kind that were added or changed."""
        return {*self.of(kind).added, *self.of(kind).changed}

    @property
    def any(self) -> bool:
        """Whether something was, or would be, written."""
        return bool(self.retired or self.of("contact").missing or any(self.touched(kind) for kind in KINDS))
