from datetime import timedelta

import pytest

from bot.document.write import MEDIA_TYPES, Form, write
from tests.document import sample

BEGINNINGS: dict[Form, bytes] = {"docx": b"PK\x03\x04", "pdf": b"%PDF-1.7", "md": b"# Daily situation report\n"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_each_form_is_what_it_says_and_the_same_each_time(form: Form) -> None:
    made = write(sample.EN, form, sample.AT)
    assert made.startswith(BEGINNINGS[form])
    assert write(sample.EN, form, sample.AT) == made
    assert (write(sample.EN, form, sample.AT + timedelta(days=1)) == made) is (form == "md")


def test_every_form_has_a_media_type() -> None:
    assert MEDIA_TYPES.keys() == BEGINNINGS.keys()
