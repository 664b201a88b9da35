"""Every text that a paper holds, as a reader must find it again."""

from collections.abc import Iterator

from bot.document.paper import Line, Paper, Section, Table


def sections(paper: Paper) -> tuple[Section, ...]:
    return (*paper.sections, *paper.annexes)


def headings(paper: Paper) -> list[str]:
    marks = [f"{one.number}." for one in paper.sections] + [f"{'ABC'[at]}." for at in range(len(paper.annexes))]
    return [f"{mark} {one.heading}" for mark, one in zip(marks, sections(paper), strict=True)]


def lines(paper: Paper) -> list[Line]:
    return [block for one in sections(paper) for block in one.blocks if isinstance(block, Line)]


def tables(paper: Paper) -> list[Table]:
    return [block for one in sections(paper) for block in one.blocks if isinstance(block, Table)]


def texts(paper: Paper) -> Iterator[str]:
    yield from (paper.title, paper.number, paper.contingent, paper.marking, paper.draft)
    for pair in (*paper.header, *paper.signatures):
        yield from pair
    yield from (one.heading for one in sections(paper))
    for line in lines(paper):
        yield from (line.label, line.text, line.note)
    for table in tables(paper):
        yield from table.columns
        for row in table.rows:
            yield from row
