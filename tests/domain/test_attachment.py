"""Names of files as they may be shown and sent on, and how each is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import attachment as rules
from bot.domain.attachment import Attachment, AttachmentKind, AttachmentState, Incoming
from bot.domain.file import SentAs
from tests.chat.sample import at


def there(kind: AttachmentKind, content_type: str, name: str | None = None) -> Attachment:
    brought = Incoming(kind, "file", rules.tidy(name))
    return Attachment(1, "willis", 2, AttachmentState.THERE, at(8), brought, type=content_type, sha256="0" * 64)


@pytest.mark.parametrize(
    ("given_", "tidied"),
    [
        (None, None),
        ("", None),
        ("présences.csv", "présences.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\plan.pdf", "plan.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ('a"b\r\n.txt', "a'b.txt"),
        ("...", None),
        ("x" * 200 + ".docx", "x" * 95 + ".docx"),
        ("x" * 200, "x" * 100),
        ("x" * 99 + " y", "x" * 99),
        ("x" * 94 + ". " + "y" * 20 + ".pdf", "x" * 94 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(given_: str | None, tidied: str | None) -> None:
    assert rules.tidy(given_) == tidied


@given(st.text(max_size=300))
def test_any_name_is_safe_in_a_header_and_on_a_disk(name: str) -> None:
    tidied = rules.tidy(name)
    assert tidied is None or (0 < len(tidied) <= rules.NAME_MAX and not set(tidied) & set('/\\"\r\n\0'))
    assert rules.tidy(tidied) == tidied, "tidied once is tidied"


@pytest.mark.parametrize(
    ("kind", "content_type", "name", "called", "sent_as"),
    [
        (AttachmentKind.PHOTO, "image/jpeg", None, "MLI-1.jpg", SentAs.PHOTO),
        (AttachmentKind.PHOTO, "image/heic", None, "MLI-1.heic", SentAs.DOCUMENT),
        (AttachmentKind.DOCUMENT, "image/jpeg", "a.JPEG", "a.JPEG", SentAs.DOCUMENT),
        (AttachmentKind.DOCUMENT, "text/plain", "a.csv", "a.csv", SentAs.DOCUMENT),
        (AttachmentKind.DOCUMENT, "text/plain", "a.exe", "a.exe.txt", SentAs.DOCUMENT),
        (AttachmentKind.VOICE, "audio/ogg", None, "MLI-1.ogg", SentAs.VOICE),
        (AttachmentKind.AUDIO, "audio/wav", "a.wav", "a.wav", SentAs.DOCUMENT),
        (AttachmentKind.AUDIO, "video/mp4", "rec.m4a", "rec.m4a", SentAs.DOCUMENT),
        (AttachmentKind.VIDEO, "video/quicktime", "a.mov", "a.mov", SentAs.DOCUMENT),
        (AttachmentKind.VIDEO, "video/mp4", None, "MLI-1.mp4", SentAs.VIDEO),
        (AttachmentKind.VIDEO, "image/gif", "a.gif", "a.gif", SentAs.DOCUMENT),
    ],
)
def test_a_file_ends_as_its_content_is_and_is_shown_where_a_phone_can(
    kind: AttachmentKind, content_type: str, name: str | None, called: str, sent_as: SentAs
) -> None:
    file = rules.file_of(there(kind, content_type, name), "MLI-1")
    assert (file.name, file.sent_as) == (called, sent_as)
