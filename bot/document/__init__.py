"""Documents: the words of reports, and the pages that go out: Word, PDF, Markdown."""
