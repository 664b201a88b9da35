"""Health over HTTP, as a load balancer, Prometheus and an outside dead-man's switch meet it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from prometheus_client.parser import text_string_to_metric_families

from bot.web.health import Figures
from tests.kit import Scene, until

OF_THE_DATABASE = {f"vigie_{one.name}" for one in fields(Figures) if "None" in str(one.type)}


async def get(scene: Scene, path: str) -> tuple[int, str]:
    assert scene.app.web is not None
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{scene.app.web.port}{path}") as answer:
        return answer.status, await answer.text()


async def gauges(scene: Scene) -> dict[str, float]:
    status, text = await get(scene, "/metrics")
    assert status == 200, text
    families = list(text_string_to_metric_families(text))
    assert all(one.type == "gauge" and one.documentation for one in families)
    return {sample.name: sample.value for one in families for sample in one.samples}


def destroy(scene: Scene) -> None:
    """Leave no page of the database readable, as a bad disk would."""
    for ending in ("", "-wal", "-shm"):
        file = Path(f"{scene.folder / 'vigie.db'}{ending}")
        if file.exists():
            file.write_bytes(b"\xa5" * file.stat().st_size)


async def test_metrics_hold_every_figure_that_is_typed(contingent: Scene) -> None:
    found = await gauges(contingent)
    assert set(found) == {"vigie_ready"} | {f"vigie_{one.name}" for one in fields(Figures)}
    assert found["vigie_ready"] == found["vigie_line_up"] == 1
    assert found["vigie_duties_unjudged"] == found["vigie_alerts_stuck"] == found["vigie_alerts_unheard"] == 0
    assert found["vigie_messages_sent"] > 0
    await contingent.phone("deniger").tap("🤝 Besoin d'aide")
    await contingent.settle()
    assert (await gauges(contingent))["vigie_alerts_open"] == 1


async def test_the_process_and_its_readiness(contingent: Scene) -> None:
    assert await get(contingent, "/healthz") == (200, "ok\n")
    assert await get(contingent, "/readyz") == (200, '{"ready":true,"reasons":[]}')
    contingent.telegram.faults.status(502)
    await until(lambda: not contingent.app.tracker.line.up, "the line is down")
    status, text = await get(contingent, "/readyz")
    assert status == 503
    assert "Telegram has been out of reach since 2026-11-23T05:00:" in text
    assert (await get(contingent, "/healthz"))[0] == 200


async def test_a_database_that_cannot_be_read_is_a_reason_and_no_error(contingent: Scene) -> None:
    await contingent.app.store.close()  # what is read next comes from the disk
    destroy(contingent)
    status, text = await get(contingent, "/readyz")
    assert status == 503
    assert "the database cannot be read: " in text
    found = await gauges(contingent)
    assert found["vigie_ready"] == 0
    assert found["vigie_line_up"] == 1
    assert not OF_THE_DATABASE & set(found), "no figure is better than an old one"
    assert await get(contingent, "/healthz") == (200, "ok\n")


@asynccontextmanager
async def switch(answer: int = 200) -> AsyncIterator[tuple[str, list[str]]]:
    """An outside dead-man's switch: its address, and the paths that were asked for."""
    pings: list[str] = []

    async def ping(request: web.Request) -> web.Response:
        pings.append(request.path)
        return web.Response(status=answer)

    application = web.Application()
    application.router.add_get("/{check}", ping)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/check", pings
    finally:
        await runner.cleanup()


async def test_the_heartbeat_is_fed_while_all_is_well_and_only_then(tmp_path: Path) -> None:
    async with switch() as (url, pings):
        scene = await Scene(tmp_path, VIGIE_HEARTBEAT_URL=url).open()
        try:
            await scene.enrol_all()
            beat = scene.app.jobs._heartbeat  # what the scheduler calls each minute
            await beat()
            assert pings == ["/check"]
            scene.telegram.faults.status(502)
            await until(lambda: not scene.app.tracker.line.up, "the line is down")
            await beat()
            assert pings == ["/check"], "its silence is what calls for help"
            scene.telegram.faults.clear()
            await until(lambda: scene.app.tracker.line.up, "the line is back")
            await beat()
            assert pings == ["/check", "/check"]
        finally:
            await scene.close()


@pytest.mark.parametrize("well", [True, False])
async def test_the_heartbeat_is_a_job_of_each_minute_and_outlives_a_refusal(tmp_path: Path, well: bool) -> None:
    async with switch(503) as (url, pings):
        scene = await Scene(tmp_path, **({"VIGIE_HEARTBEAT_URL": url} if well else {})).open()
        try:
            scene.app.jobs.start()
            job = scene.app.jobs._scheduler.get_job("heartbeat")
            assert (job is not None) is well
            if job is not None:
                assert job.trigger.interval == timedelta(minutes=1)
                await job.func()
                assert pings == ["/check"]
        finally:
            await scene.close()
