"""The health check of the container image follows VIGIE_WEB_BIND."""

import asyncio
import sys
from pathlib import Path

from aiohttp import web

from bot.config.shape import Bind
from bot.web import probe
from tests.kit import Scene

TREE = Path(__file__).parents[2]


async def probed(bind: str, folder: Path) -> tuple[int, str]:
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(TREE), "VIGIE_WEB_BIND": bind}
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.web.probe", env=env, cwd=folder, stderr=asyncio.subprocess.PIPE
    )
    _, err = await asyncio.wait_for(done.communicate(), 60)
    assert done.returncode is not None
    return done.returncode, err.decode()


async def test_it_asks_where_vigie_listens(scene: Scene, tmp_path: Path) -> None:
    assert scene.app.web is not None
    port = scene.app.web.port
    assert await probed(f"0.0.0.0:{port}", tmp_path) == (0, "")
    await scene.stop()
    assert await probed(f"127.0.0.1:{port}", tmp_path) == (
        1,
        f"no answer on 127.0.0.1:{port}: ConnectionRefusedError\n",
    )


async def test_what_is_not_well_is_told_in_a_line() -> None:
    assert "port 0" in str(probe.fault(Bind("127.0.0.1", 0)))
    runner = web.AppRunner(web.Application())  # no Vigie: it knows no /healthz
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bind = Bind("127.0.0.1", int(runner.addresses[0][1]))
    assert await asyncio.to_thread(probe.fault, bind) == f"answer 404 on {bind}"
    await runner.cleanup()


async def test_settings_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    code, err = await probed("everywhere", tmp_path)
    assert code == 1
    assert err.startswith('VIGIE_WEB_BIND: "everywhere" is not an address')


def test_the_image_is_checked_by_it() -> None:
    dockerfile = (TREE / "Dockerfile").read_text(encoding="utf-8")
    assert 'CMD ["python", "-m", "bot.web.probe"]' in dockerfile
    assert "8080" not in dockerfile[dockerfile.index("HEALTHCHECK") :]
