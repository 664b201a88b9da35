"""`vigie doctor` asks the servers for mail and translation, where there are any."""

from pathlib import Path

import pytest

from tests.cli.shell import Ran, beside
from tests.errand.libre import libre
from tests.errand.post import PASSWORD, USER, Certificate, make_certificate, needs_openssl, post_office
from tests.kit import Scene


def line(done: Ran, about: str) -> str:
    found = [one for one in (done.out + done.err).splitlines() if one[5:].startswith(f"{about}: ")]
    assert len(found) == 1, done
    return found[0]


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return make_certificate(tmp_path)


@needs_openssl
async def test_a_mail_server_that_takes_the_login(scene: Scene, certificate: Certificate) -> None:
    from urllib.parse import quote

    async with post_office(certificate, login=True) as post:
        url = f"smtp://{quote(USER)}:{quote(PASSWORD, safe='')}@localhost:{post.port}"
        trusted = {"VIGIE_MAIL_FROM": "vigie@example.org", "SSL_CERT_FILE": str(certificate.file)}
        shell = beside(scene, **trusted)
        well = await shell.run("doctor", VIGIE_SMTP_URL=url)
        assert line(well, "mail") == f"ok   mail: localhost:{post.port} answers and takes the login"
        assert well.code == 0
        bad = await shell.run("doctor", VIGIE_SMTP_URL=f"smtp://willis:hunter2@localhost:{post.port}")
        assert bad.code == 2
        assert line(bad, "mail") == (
            f"BAD  mail: VIGIE_SMTP_URL: localhost:{post.port}: the mail server refuses the login (535); "
            "expected a server that takes mail from vigie@example.org"
        )
        assert "hunter2" not in bad.out + bad.err
        assert post.received == []


async def test_a_mail_server_that_cannot_be_used(scene: Scene) -> None:
    shell = beside(scene, VIGIE_MAIL_FROM="vigie@example.org")
    async with post_office() as post:
        well = await shell.run("doctor", VIGIE_SMTP_URL=f"smtp://127.0.0.1:{post.port}?tls=never")
        assert line(well, "mail") == f"ok   mail: 127.0.0.1:{post.port} answers"
        open_line = await shell.run("doctor", VIGIE_SMTP_URL=f"smtp://127.0.0.1:{post.port}")
        assert "STARTTLS" in line(open_line, "mail")
    gone = await shell.run("doctor", VIGIE_SMTP_URL=f"smtp://127.0.0.1:{post.port}?tls=never")
    assert line(gone, "mail").startswith(f"BAD  mail: VIGIE_SMTP_URL: 127.0.0.1:{post.port}: the mail server cannot be")
    for done in (open_line, gone):
        assert done.code == 2
        assert "Traceback" not in done.err


async def test_a_translation_server_that_has_both_languages_and_one_that_has_not(scene: Scene) -> None:
    async with libre() as server:
        shell = beside(scene, VIGIE_TRANSLATE_URL=server.url, VIGIE_TRANSLATE_KEY="hunter2")
        well = await shell.run("doctor")
        assert line(well, "translation") == "ok   translation: the server has en and fr"
        assert well.code == 0
        server.languages = [{"code": "en", "targets": ["en", "es"]}, {"code": "fr", "targets": ["en"]}]
        half = await shell.run("doctor")
        assert line(half, "translation") == (
            "BAD  translation: VIGIE_TRANSLATE_URL: the server does not translate en to fr; expected both ways"
        )
        assert server.asked == [], "no text leaves for a look"
    gone = await shell.run("doctor")
    assert "VIGIE_TRANSLATE_URL: the translation server is out of reach (ClientConnectorError)" in gone.err
    for done in (half, gone):
        assert done.code == 2
        assert "hunter2" not in done.out + done.err
