"""The page of phones in a real browser, against the real demo: what a visitor sees and does."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, ConsoleMessage, FilePayload, Locator, Page, Request, async_playwright, expect

from bot.demo.show import Show
from bot.demo.telegram.entity import Text
from bot.demo.telegram.exchange import Article
from tests.kit import until

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
DENIGER, HAMELIN, WILLIS, BRADSHAW = "Kim Deniger", "Stevens Hamelin", "Kelly Willis", "Kelly Bradshaw"

pytestmark = pytest.mark.slow


@pytest.fixture
async def show() -> AsyncIterator[Show]:
    found = Show()
    try:
        await found.start()
        yield found
    finally:
        await found.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        await found.close()


class Visitor:
    """Somebody who looks at the page, and what the browser complained of meanwhile."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self._failed)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _failed(self, request: Request) -> None:
        # The stream of events ends with the page: that is no complaint.
        if not request.url.endswith("/demo/events"):
            self.complaints.append(f"failed: {request.url}")

    def phone(self, owner: str) -> Locator:
        return self.page.get_by_role("region", name=re.compile(owner))

    def incoming(self, owner: str) -> Locator:
        return self.phone(owner).locator('[data-testid="message"][data-outgoing="false"]')

    def heard(self, owner: str, text: str) -> Locator:
        return self.incoming(owner).filter(has_text=text)

    async def tap(self, owner: str, key: str) -> None:
        await self.phone(owner).get_by_test_id("reply-button").filter(has_text=key).click()

    async def press(self, message: Locator, button: str) -> None:
        await message.get_by_test_id("inline-button").filter(has_text=button).click()

    async def wait_minutes(self, minutes: int, clock: str) -> None:
        """Move the clock; the page's own clock then shows `clock`."""
        await self.page.get_by_test_id(f"plus-{minutes}").click()
        await expect(self.page.get_by_test_id("clock")).to_contain_text(re.compile(clock))


async def visit(browser: Browser, show: Show, width: int, height: int = 900, locale: str = "en-CA") -> Visitor:
    page = await browser.new_page(viewport={"width": width, "height": height}, locale=locale)
    visitor = Visitor(page)
    await page.goto(f"{show.url}/")
    await expect(page.get_by_test_id("reply-button").first).to_be_attached()
    return visitor


async def test_three_phones_tell_the_story(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 1400)
    await expect(visitor.page.get_by_role("region", name=re.compile("^Phone of "))).to_have_count(3)
    await expect(visitor.heard(DENIGER, "Bienvenue, cap. Kim Deniger")).to_be_visible()
    await expect(visitor.heard(WILLIS, "Welcome, Cpl Kelly Willis")).to_be_visible()
    await expect(visitor.heard(BRADSHAW, "Welcome, Supt Kelly Bradshaw")).to_be_visible()
    await expect(visitor.phone(BRADSHAW)).to_contain_text("Bamako · commander")

    await visitor.tap(WILLIS, "I am safe")
    receipt = visitor.heard(WILLIS, "Received at 07:5")
    await expect(receipt).to_be_visible()
    await visitor.press(receipt, "Add place or remark")
    await expect(visitor.incoming(WILLIS).last).to_contain_text("Where are you?")

    await visitor.phone(WILLIS).get_by_test_id("phone-select").select_option(label=HAMELIN)
    await expect(visitor.heard(HAMELIN, "Bienvenue, serg. Stevens Hamelin")).to_be_visible()
    await expect(visitor.phone(WILLIS)).to_have_count(0)
    assert visitor.complaints == []


async def test_an_alert_is_raised_taken_and_closed(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 1400)
    await visitor.tap(BRADSHAW, "I am safe")
    await expect(visitor.heard(BRADSHAW, "Received at 07:5")).to_be_visible()

    await visitor.wait_minutes(15, r"08:(0[89]|1\d)")
    await expect(visitor.heard(DENIGER, "Votre pointage est attendu à 8")).to_be_attached()
    await expect(visitor.heard(DENIGER, "Votre pointage est attendu maintenant")).to_be_attached()

    await visitor.wait_minutes(15, r"08:2[3-9]")
    alert = visitor.heard(BRADSHAW, "OVERDUE: Sgt Stevens Hamelin, Bamako")
    await expect(alert).to_be_attached()
    await expect(alert).not_to_contain_text("Noticed only")  # the minutes passed one by one

    await visitor.press(alert, "I am on it")
    await expect(alert.get_by_test_id("inline-button").filter(has_text="I am on it")).to_have_count(0)
    await expect(alert.locator(".edited")).to_be_visible()
    await visitor.press(alert, "Safe, verified")
    await visitor.press(visitor.incoming(BRADSHAW).filter(has_text="How did you verify"), "By radio")
    await expect(alert.first.get_by_test_id("inline-button")).to_have_count(0)
    assert visitor.complaints == []


@pytest.mark.parametrize("kind", ["slow", "errors", "cuts", "down"])
async def test_the_visitor_makes_the_line_bad_and_loses_nothing(browser: Browser, show: Show, kind: str) -> None:
    visitor = await visit(browser, show, 1000)
    line, said = visitor.page.get_by_test_id("line"), visitor.page.get_by_test_id("line-said")
    await expect(said).to_be_hidden()
    await line.select_option(kind)
    await expect(said).to_be_visible()
    await visitor.page.reload()
    await expect(line).to_have_value(kind)
    await visitor.tap(DENIGER, "Je suis en sécurité")
    await line.select_option("well")
    await expect(said).to_be_hidden()
    await expect(visitor.heard(DENIGER, "Reçu à 7")).to_be_visible()
    assert visitor.complaints == []


async def test_the_language_of_the_page(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 1000)
    line = visitor.page.get_by_test_id("line")
    await expect(line).to_contain_text("Telegram: down")
    await visitor.page.get_by_test_id("lang-fr").click()
    await expect(line).to_contain_text("Telegram\u00a0: en panne")
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "fr")
    await expect(visitor.phone(BRADSHAW)).to_contain_text("Bamako · commandement")
    await visitor.page.reload()
    await expect(line).to_contain_text("Telegram\u00a0: en panne")
    assert visitor.complaints == []


# What the parts of the header really take up, which is more than their boxes when something does not fit.
OVERLAPS = """() => {
    const drawn = ["brand", "clock", "controls", "rail", "lang"].map((name) => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(`.${name}`));
        return [name, range.getBoundingClientRect()];
    });
    return drawn.flatMap(([one, a], at) => drawn.slice(at + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map(([other]) => `${one} over ${other}`));
}"""


async def test_the_header_fits(browser: Browser, show: Show) -> None:
    for locale in ("en-CA", "fr-CA"):
        visitor = await visit(browser, show, 1600, locale=locale)
        for width in (1600, 1520, 1440, 1400, 1300, 1240, 1000, 900, 899, 700, 699, 400, 360):
            await visitor.page.set_viewport_size({"width": width, "height": 900})
            assert await visitor.page.evaluate(OVERLAPS) == [], f"{locale} at {width}"
            brand = await visitor.page.evaluate("document.querySelector('.brand').offsetHeight")
            assert brand < 70, f"{locale} at {width}: the name takes {brand} px"


async def test_a_small_screen_is_for_the_conversation(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 360, 640, locale="fr-CA")
    for owner in (DENIGER, WILLIS, BRADSHAW):
        log = await visitor.phone(owner).get_by_test_id("log").bounding_box()
        assert log is not None
        assert log["height"] > 160
    for away in (".tagline", ".clock-zone"):
        await expect(visitor.page.locator(away)).to_be_hidden()
    moves, line = [await visitor.page.locator(part).bounding_box() for part in (".moves", ".line-choice")]
    assert moves is not None
    assert line is not None
    assert moves["y"] == line["y"]


async def test_after_a_day_the_commander_has_a_report_with_its_buttons_in_view(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 360, 640)
    await visitor.page.get_by_role("tab", name=BRADSHAW).click()
    await visitor.page.get_by_test_id("plus-1440").click()
    await expect(visitor.heard(BRADSHAW, "MLI-SITREP-").first).to_be_attached()
    phone = visitor.phone(BRADSHAW)
    await phone.get_by_test_id("composer").fill("/sitrep")
    await phone.get_by_test_id("send").click()
    menu = visitor.heard(BRADSHAW, "Situation reports").last
    await menu.get_by_test_id("inline-button").first.click()
    card = visitor.heard(BRADSHAW, "Check-ins:").last
    await expect(card.get_by_test_id("inline-button").last).to_be_in_viewport(ratio=1)
    assert visitor.complaints == []


async def test_a_screen_reader_hears_who_speaks_and_nothing_twice(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 1400)
    log = visitor.phone(DENIGER).get_by_test_id("log")
    await expect(log).to_have_attribute("lang", "fr")
    await expect(visitor.phone(WILLIS).get_by_test_id("log")).to_have_attribute("lang", "en")
    await expect(log.get_by_test_id("speaker").first).to_have_text("Kim Deniger:")
    await expect(visitor.incoming(DENIGER).last.get_by_test_id("speaker")).to_have_text("Vigie:")
    await expect(log).to_have_attribute("aria-live", "polite")
    # In one go, so that the moment of silence cannot be over before it is looked at.
    in_french = """() => {
        document.querySelector("[data-testid=lang-fr]").click();
        return [...document.querySelectorAll("[data-testid=log]")].map((log) => log.getAttribute("aria-live"));
    }"""
    assert await visitor.page.evaluate(in_french) == ["off"] * 3
    await expect(visitor.incoming(DENIGER).last.get_by_test_id("speaker")).to_have_text("Vigie\u00a0:")
    await expect(log).to_have_attribute("aria-live", "polite")
    assert visitor.complaints == []


async def test_a_file_that_can_never_be_sent(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 1400)
    phone, notice = visitor.phone(WILLIS), visitor.page.get_by_test_id("notice")
    text = FilePayload(name="a.png", mimeType="image/png", buffer=b"no picture")
    empty = FilePayload(name="a.txt", mimeType="text/plain", buffer=b"")
    await phone.get_by_test_id("file-photo").set_input_files(text)
    await expect(notice).to_contain_text("does not take this as a photo")
    await phone.get_by_test_id("file-document").set_input_files(empty)
    await expect(notice).to_contain_text("This file is empty")
    await visitor.page.get_by_test_id("lang-fr").click()
    await expect(notice).to_contain_text("Ce fichier est vide")
    await phone.get_by_test_id("file-photo").set_input_files(text)
    await expect(notice).to_contain_text("n'accepte pas ce fichier comme photo")


async def test_one_phone_at_a_time_on_a_small_screen(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 360, 640, locale="fr-CA")
    page = visitor.page
    wide = await page.evaluate("[document.documentElement, document.body].map((e) => e.scrollWidth - e.clientWidth)")
    assert wide == [0, 0]
    await expect(page.get_by_role("tab")).to_have_count(3)
    for owner in (BRADSHAW, WILLIS, DENIGER):
        tab = page.get_by_role("tab", name=owner)
        await expect(tab).to_be_in_viewport()
        await tab.click()
        await expect(tab).to_have_attribute("aria-selected", "true")
        composer = visitor.phone(owner).get_by_test_id("composer")
        await expect(composer).to_be_in_viewport(ratio=1)
        await expect(visitor.phone(owner).get_by_test_id("send")).to_be_in_viewport(ratio=1)
    await visitor.phone(DENIGER).get_by_test_id("composer").fill("/aide")
    await visitor.phone(DENIGER).get_by_test_id("send").click()
    await expect(visitor.incoming(DENIGER).last).to_contain_text("/sos")
    assert visitor.complaints == []


async def call(show: Show, method: str, **params: object) -> Any:
    """Do what the bot could do, in its place."""
    url = f"{show.url}/bot{show.telegram.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        body = await answer.json()
        assert body["ok"], body
        return body["result"]


async def test_a_number_is_copied_shared_and_pinned(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 1400)
    phone = visitor.phone(WILLIS)
    chat = next(one.user_id for one in show.telegram.phones.values() if one.user["last_name"] == "Willis")
    markup = {"inline_keyboard": [[{"text": "📋 Copy", "copy_text": {"text": "+22320222222"}}]]}
    await call(
        show, "sendContact", chat_id=chat, phone_number="+22320222222", first_name="Kim", last_name="D.",
        reply_markup=markup,
    )  # fmt: skip
    card = visitor.incoming(WILLIS).last
    await expect(card).to_contain_text("Kim D.+22320222222")
    await card.get_by_test_id("contact-card").click()
    await expect(phone.get_by_test_id("alert")).to_contain_text("+22320222222")
    await phone.get_by_test_id("alert-ok").click()
    await visitor.press(card, "Copy")
    await expect(phone.get_by_test_id("toast")).to_have_text("Copied: +22320222222")
    assert show.telegram.phone(chat).clipboard == "+22320222222"

    sent = await call(show, "sendMessage", chat_id=chat, text="In an emergency\ncall 17")
    await expect(phone.get_by_test_id("pinned")).to_contain_text("Emergency numbers")
    await call(show, "pinChatMessage", chat_id=chat, message_id=sent["message_id"], disable_notification=True)
    await expect(phone.get_by_test_id("pinned")).to_have_text("Pinned messageIn an emergency")
    await expect(phone.get_by_test_id("notice-line").last).to_have_text("Vigie pinned a message")
    await phone.get_by_test_id("pinned").click()
    await expect(visitor.heard(WILLIS, "call 17")).to_be_in_viewport()
    await call(show, "unpinChatMessage", chat_id=chat, message_id=sent["message_id"])
    await expect(phone.get_by_test_id("pinned")).to_contain_text("Emergency numbers")
    assert visitor.complaints == []


async def test_a_list_is_typed_for_and_chosen_from(browser: Browser, show: Show) -> None:
    visitor = await visit(browser, show, 1400)
    owner = next(one for one in show.telegram.phones.values() if one.user["last_name"] == "Hamelin")
    await visitor.phone(WILLIS).get_by_test_id("phone-select").select_option(label=HAMELIN)
    phone, composer = visitor.phone(HAMELIN), visitor.phone(HAMELIN).get_by_test_id("composer")
    listed = tuple(Article(str(n), f"Kim {n}", "Mopti", Text(f"Kim {n}, Mopti"), None) for n in range(3))

    async def type_for(text: str) -> None:
        await composer.fill(f"@vigie_demo_bot {text}")
        await until(lambda: owner.asked and owner.asked.text == text and owner.asked.articles is not None)
        assert owner.asked is not None
        owner.asked.articles = listed  # whatever the bot knows
        show.telegram.exchange.show(owner.chat)
        await expect(phone.get_by_test_id("inline-result")).to_have_count(3)

    await type_for("kim")
    await composer.press("ArrowDown")
    await expect(phone.get_by_role("listbox").get_by_role("option", selected=True)).to_have_text("Kim 1Mopti")
    await composer.press("Enter")
    own = phone.locator('[data-testid="message"][data-outgoing="true"]').last
    await expect(own).to_contain_text("via @vigie_demo_bot")
    await expect(own).to_contain_text("Kim 1, Mopti")
    await expect(own.get_by_test_id("edit-last")).to_have_count(0)
    await expect(composer).to_have_value("")
    await expect(phone.get_by_test_id("inline-list")).to_have_count(0)

    await type_for("")
    await phone.get_by_test_id("inline-result").filter(has_text="Kim 2").click()
    await expect(own).to_contain_text("Kim 2, Mopti")
    await type_for("k")
    await composer.press("Escape")
    await expect(composer).to_have_value("")
    await expect(phone.get_by_test_id("inline-list")).to_have_count(0)
    assert visitor.complaints == []


async def test_control_c_ends_the_demo_quietly() -> None:
    demo = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--port",
        "0",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert demo.stdout is not None
    said = b""
    try:
        async with asyncio.timeout(30):
            while b"Ctrl-C" not in said:
                line = await demo.stdout.readline()
                assert line, said.decode()
                said += line
            url = re.findall(r"http://\S+", said.decode())[0]
            async with aiohttp.ClientSession() as session, session.get(f"{url}demo/events") as stream:
                assert stream.status == 200  # a page that watches does not hold up the end
                demo.send_signal(signal.SIGINT)
                said += await demo.stdout.read()
                assert await demo.wait() == 0
    finally:
        if demo.returncode is None:
            demo.kill()
            await demo.wait()
    assert "Traceback" not in said.decode()
    assert "warning" not in said.decode().lower()
    assert "error" not in said.decode().lower()
