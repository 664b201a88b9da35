"""Mail against a real SMTP server: what arrives, what is refused and by whom, and what is never said in the clear."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from bot.background import Background
from bot.config.relay import Relay, relay
from bot.domain.errand import Errand, Later, Never
from bot.errand import mail as mail_module
from bot.errand.mail import Enclosed, Mail, Mailer, NotNow, Refused, compose, message_id
from tests.errand.house import House
from tests.errand.post import PASSWORD, USER, Certificate, Post, make_certificate, needs_openssl, post_office, scripted

SENDER = "vigie@example.org"
AT = datetime(2008, 2, 27, 15, 45, tzinfo=UTC)
SITREP = Mail(
    SENDER,
    ("lacroix@example.org", "ops@example.ca"),
    "Rapport de situation nº 12\u00a0: Mali, « tout va bien »",
    "Effectif\u00a0: 5.\n.\n.. une ligne qui commence par un point\n" + "très long " * 200 + "\n",
    AT,
    "<mail.17@example.org>",
    (
        Enclosed("Rapport nº 12\u00a0– équipe.pdf", "application/pdf", bytes(range(256)) * 300),
        Enclosed("sitrep.txt", "text/plain", "é\n".encode()),
        Enclosed("what", "", b"\0"),
    ),
)


def plain(post: Post) -> Relay:
    return relay(f"smtp://127.0.0.1:{post.port}?tls=never")


def to(*recipients: str) -> Mail:
    return Mail(SENDER, recipients, "Subject", "Text\n", AT, "<mail.17@example.org>")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


async def test_a_mail_in_french_arrives_whole_with_its_files() -> None:
    async with post_office() as post:
        assert await Mailer(plain(post)).send(SITREP) == ()
    (got,) = post.received
    assert (got.sender, got.recipients) == (SENDER, SITREP.recipients)
    assert got.raw.isascii(), "a server on the way may take no more than seven bits"
    assert max(map(len, got.raw.splitlines())) < 999
    mail = got.mail
    assert mail["Subject"] == SITREP.subject
    assert mail["From"] == SENDER
    assert mail["To"] == "lacroix@example.org, ops@example.ca"
    assert mail["Date"].datetime == AT
    assert mail["Message-ID"] == "<mail.17@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == SITREP.text
    files = [
        (one.get_filename(), one.get_content_type(), one.get_payload(decode=True)) for one in mail.iter_attachments()
    ]
    types = ["application/pdf", "text/plain", "application/octet-stream"]
    assert files == [(one.name, kind, one.content) for one, kind in zip(SITREP.files, types, strict=True)]
    assert post.names == ["example.org"], "the name of this machine is nobody's business"


async def test_nothing_said_in_a_subject_or_a_file_name_becomes_a_header() -> None:
    sly = Mail(
        SENDER,
        ("a@x.org",),
        "Hello\r\nBcc: b@x.org\u2028X: y",
        "Text",
        AT,
        "<mail.1@x.org>",
        (Enclosed('a"\r\nX-Evil: 1.txt', "text/plain", b""),),
    )
    async with post_office() as post:
        await Mailer(plain(post)).send(sly)
    (got,) = post.received
    assert got.recipients == ("a@x.org",)
    assert got.mail["Subject"] == "Hello Bcc: b@x.org X: y"
    assert got.mail["Bcc"] is None
    assert "X-Evil" not in [name for part in got.mail.walk() for name in part]


async def test_a_busy_server_gets_it_later() -> None:
    async with post_office() as post:
        mailer = Mailer(plain(post))
        for at, line in (("MAIL", "452 too many"), ("a@x.org", "450 greylisted"), ("DATA", "451 local error")):
            post.refusals[at].append(line)
            with pytest.raises(Later, match=line):
                await mailer.send(to("a@x.org"))
        assert await mailer.send(to("a@x.org")) == ()
    assert len(post.received) == 1


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ("MAIL", "550 you may not send as that"),
        ("a@x.org", "550 5.1.1 no such mailbox"),
        ("DATA", "554 looks like spam"),
        ("DATA", "552 message too large"),
    ],
)
async def test_a_mail_that_is_refused_for_good_says_why(at: str, line: str) -> None:
    async with post_office() as post:
        post.refusals[at].append(line)
        with pytest.raises(Never) as refusal:
            await Mailer(plain(post)).send(to("a@x.org"))
    assert line in str(refusal.value)
    assert ("a@x.org: " in str(refusal.value)) == (at == "a@x.org"), "who was refused"
    assert post.received == []


async def test_who_is_refused_does_not_keep_it_from_the_others() -> None:
    async with post_office() as post:
        post.refusals["gone@x.org"].append("550 5.1.1 no such mailbox")
        post.refusals["full@x.org"].append("452 mailbox full")
        refused = await Mailer(plain(post)).send(to("gone@x.org", "a@x.org", "full@x.org", "miss pelt@x.org"))
    assert post.received[0].recipients == ("a@x.org",)
    assert refused == (
        Refused("miss pelt@x.org", "is not an e-mail address", False),
        Refused("gone@x.org", "550 5.1.1 no such mailbox", False),
        Refused("full@x.org", "452 mailbox full", True),
    )
    assert "miss" not in post.received[0].mail["To"]


async def test_if_all_are_refused_each_in_their_way_each_is_told() -> None:
    async with post_office() as post:
        post.refusals["gone@x.org"].append("550 no such mailbox")
        post.refusals["full@x.org"].extend(["452 mailbox full"] * 2)
        mailer = Mailer(plain(post))
        assert await mailer.send(to("gone@x.org", "full@x.org")) == (
            Refused("gone@x.org", "550 no such mailbox", False),
            Refused("full@x.org", "452 mailbox full", True),
        )
        post.refusals["ill@x.org"].append("451 later")
        with pytest.raises(NotNow, match=r"full@x\.org: 452 mailbox full; ill@x\.org: 451 later"):
            await mailer.send(to("full@x.org", "ill@x.org"))
    assert post.received == []


@pytest.mark.parametrize(("recipients", "why"), [((), "no recipient"), (("willis",), "willis: is not an e-mail")])
async def test_a_mail_to_nobody_is_never_sent(recipients: tuple[str, ...], why: str) -> None:
    async with post_office() as post:
        with pytest.raises(Never, match=why):
            await Mailer(plain(post)).send(to(*recipients))
    assert post.names == []


async def test_a_refusal_in_a_code_of_letters_that_nobody_announced_can_be_kept() -> None:
    async with scripted(RCPT="550-boîte\r\n550 inconnue".encode("latin-1")) as port:
        with pytest.raises(Never) as refusal:
            await Mailer(relay(f"smtp://127.0.0.1:{port}?tls=never")).send(to("a@x.org"))
    assert str(refusal.value) == "a@x.org: 550 bo\ufffdte inconnue"


@pytest.mark.parametrize(
    ("greeting", "answers"),
    [(b"554 go away", {}), (b"220 post", {"EHLO": b"550 who are you"}), (b"220 post", {"EHLO": b"what?"}), (b"hm", {})],
)
async def test_a_server_that_turns_us_away_before_the_mail_is_tried_later(
    greeting: bytes, answers: dict[str, bytes]
) -> None:
    """That is no judgement of the mail: whoever set the server up puts it right."""
    async with scripted(greeting, **answers) as port:
        with pytest.raises(Later, match="the mail server turns us away"):
            await Mailer(relay(f"smtp://127.0.0.1:{port}?tls=never")).send(to("a@x.org"))


async def test_a_server_that_is_gone_is_tried_later() -> None:
    async with post_office() as post:
        gone = plain(post)
    with pytest.raises(Later, match="the mail server cannot be used"):
        await Mailer(gone).send(to("a@x.org"))


async def test_a_server_that_vanishes_in_the_middle_is_tried_later() -> None:
    async with post_office() as post:
        post.refusals["DATA"].append("vanish")
        with pytest.raises(Later, match="the mail server was lost"):
            await Mailer(plain(post)).send(to("a@x.org"))


async def test_a_server_that_says_no_goodbye_has_the_mail_all_the_same() -> None:
    async with post_office() as post:
        post.refusals["QUIT"].append("yes")
        assert await Mailer(plain(post)).send(to("a@x.org")) == ()
    assert len(post.received) == 1


async def test_a_server_that_says_nothing_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "TIMEOUT_S", 0.05)
    async with scripted(None) as port:
        with pytest.raises(Later, match="the mail server cannot be used"):
            await Mailer(relay(f"smtp://127.0.0.1:{port}?tls=never")).send(to("a@x.org"))


@needs_openssl
@pytest.mark.parametrize("at_once", [True, False], ids=["smtps", "starttls"])
async def test_over_tls_and_with_a_login(certificate: Certificate, at_once: bool) -> None:
    async with post_office(certificate, at_once=at_once, login=True) as post:
        scheme = "smtps" if at_once else "smtp"
        url = f"{scheme}://{quote(USER)}:{quote(PASSWORD, safe='')}@localhost:{post.port}"
        mailer = Mailer(relay(url), certificate.client())
        await mailer.greet(SENDER)
        assert post.received == []
        assert await mailer.send(to("a@x.org")) == ()
    (got,) = post.received
    assert got.over_tls or at_once  # aiosmtpd tells only of what STARTTLS began
    assert got.user == USER


@needs_openssl
async def test_a_login_that_is_refused_tells_neither_name_nor_password(certificate: Certificate) -> None:
    async with post_office(certificate, login=True) as post:
        mailer = Mailer(relay(f"smtp://willis:hunter2@localhost:{post.port}"), certificate.client())
        for attempt in (mailer.send(to("a@x.org")), mailer.greet(SENDER)):
            with pytest.raises(Later) as refusal:
                await attempt
            assert str(refusal.value) == "the mail server refuses the login (535)"
            assert refusal.value.__cause__ is None
            assert refusal.value.__suppress_context__
        assert "hunter2" not in repr(mailer) + repr(relay(f"smtp://willis:hunter2@localhost:{post.port}"))
    assert post.received == []


async def test_without_tls_nothing_is_said_unless_the_setting_allows_it() -> None:
    """A line that takes STARTTLS out of the server's greeting gets neither the mail nor the password."""
    async with post_office() as post:
        for login in ("", "willis:hunter2@"):
            with pytest.raises(Later, match="STARTTLS"):
                await Mailer(relay(f"smtp://{login}localhost:{post.port}")).send(to("a@x.org"))
    assert post.received == []


@needs_openssl
@pytest.mark.parametrize("at_once", [True, False], ids=["smtps", "starttls"])
async def test_a_server_that_cannot_prove_who_it_is_gets_nothing(certificate: Certificate, at_once: bool) -> None:
    async with post_office(certificate, at_once=at_once) as post:
        scheme = "smtps" if at_once else "smtp"
        strangers = Mailer(relay(f"{scheme}://localhost:{post.port}"))
        other_name = Mailer(relay(f"{scheme}://127.0.0.1:{post.port}"), certificate.client())
        for mailer in (strangers, other_name):
            with pytest.raises(Later, match="the mail server cannot be used"):
                await mailer.send(to("a@x.org"))
    assert post.received == []


def test_the_id_of_a_mail_is_that_of_its_errand() -> None:
    first = Errand(17, "mail", "sitrep:3", 0)
    assert message_id(first, SENDER) == message_id(Errand(17, "mail", "sitrep:3", 5), SENDER) == "<mail.17@example.org>"
    assert message_id(Errand(18, "mail", "sitrep:3", 0), SENDER) != message_id(first, SENDER)
    long = message_id(Errand(2**63 - 1, "mail", "sitrep:3", 0), SENDER)
    assert long in compose(Mail(SENDER, ("a@x.org",), "", "", AT, long)).as_bytes().decode("ascii")


@dataclass
class Clerk:
    """Mails a line to one person: what a carrier of mail does."""

    mailer: Mailer
    now: Callable[[], datetime]

    async def carry_out(self, errand: Errand) -> None:
        await self.mailer.send(Mail(SENDER, ("a@x.org",), "SITREP", "Text", self.now(), message_id(errand, SENDER)))


async def test_mail_as_an_errand_refused_for_now_then_taken_and_known_if_it_comes_twice(house: House) -> None:
    async with post_office() as post:
        carriers: Any = house.hands
        carriers["mail"] = Clerk(Mailer(plain(post)), house.clock.now)
        post.refusals["a@x.org"].append("450 greylisted")
        await house.owe("mail:sitrep:3")
        await house.once()
        assert await house.rows() == {"mail:sitrep:3": ("owed", 1, "a@x.org: 450 greylisted")}
        await house.once(seconds=5)
        assert (await house.rows())["mail:sitrep:3"][0] == "done"
        # Killed after the mail had gone, before that was noted.
        await house.owe("mail:sitrep:4")
        async with house.store.begin() as tx:
            taken = await mail_of(tx)
        await carriers["mail"].carry_out(taken)
        house.background = Background()
        house.hire()
        await house.once(seconds=5)
    ids = [one.mail["Message-ID"] for one in post.received]
    assert len(ids) == 3
    assert ids[0] != ids[1] == ids[2]
    assert post.received[2].mail["Date"].datetime == house.clock.now() >= AT + timedelta(seconds=10)


async def mail_of(tx: Any) -> Errand:
    from bot.services import errand

    taken = await errand.claim(tx)
    assert taken is not None
    return taken
