"""The built wheel is whole: installed into an empty environment, used from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]


def command(*arguments: str | Path, cwd: Path, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command without this process's settings; its failure shows what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READOUT_", "OPENAI_", "PYTHON"))}
    environment = {**kept, "PATH": path or kept["PATH"]}
    ran = subprocess.run(
        [str(one) for one in arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built by the build backend that is installed here: that needs no package index."""
    folder = tmp_path_factory.mktemp("wheel")
    command(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``readout`` in an environment of its own. Only the wheel is put into it; what it depends on is what this environment
    has (those packages and their versions are the lock file's business), by a path file that holds no project of ours."""
    folder = tmp_path_factory.mktemp("installed")
    command(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    command(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    own = Path(pytest.__file__).parents[1]
    others = folder / "others"
    others.mkdir()
    for package in own.iterdir():
        if "readout" not in package.name and not package.name.startswith(("__editable__", "_readout")):
            (others / package.name).symlink_to(package)
    (site / "others.pth").write_text(f"{others}\n", encoding="utf-8")
    return folder / "venv" / "bin"


def test_the_wheel_has_everything_and_nothing_else(wheel: Path) -> None:
    """Code, prompts, lexicons, token ranks, the page's files, cases, seeds, licence; no tests, no data of others."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"service", "evals"}
    for wanted in (
        "service/web/static/page.css",
        "service/web/static/page.js",
        "service/bundled/seeds/",
        "service/bundled/prompts/live.toml",
        "service/models/data/",
        "evals/cases/seeds.jsonl",
        ".dist-info/licenses/LICENSE",
    ):
        assert any(wanted in name for name in names), wanted
    assert not [name for name in names if "/tests/" in name or name.endswith((".pyc", ".env"))]


def test_the_installed_command_briefs_an_article(installed: Path, tmp_path: Path) -> None:
    """From another folder, with nothing of the source tree at hand: a brief, and its page."""
    path = tmp_path / "article.txt"
    path.write_text("The minister met the envoy in Geneva on Friday. “We spoke for two hours,” the minister said.", "utf-8")
    ran = command(installed / "readout", "brief", path, "--json", "--html", "page.html", cwd=tmp_path)
    assert json.loads(ran.stdout)["object"] == "brief"
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    where = "import service, evals; print(service.__file__, evals.__file__)"
    found = command(installed / "python", "-c", where, cwd=tmp_path).stdout
    assert found.count(str(installed.parent)) == 2, "the environment's own copy must be the one that is used"


def test_the_installed_command_evaluates(installed: Path, tmp_path: Path) -> None:
    """``readout eval run`` finds its cases inside the wheel."""
    ran = command(installed / "readout", "eval", "run", "--task", "furniture", "--limit", "2", "--draws", "0", cwd=tmp_path)
    assert "furniture" in ran.stdout + ran.stderr


def test_help_is_there_at_once(installed: Path, tmp_path: Path) -> None:
    """Nothing heavy is imported for it: under half a second on an idle machine; here, on a busy one, by what it loads."""
    code = "import sys; sys.argv=['readout','--help']; from service.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    loaded = command(installed / "python", "-c", code + "print(len(sys.modules), *sys.modules)", cwd=tmp_path).stdout
    heavy = {"pydantic", "rich", "openai", "fastapi", "httpx2", "evals", "numpy", "trafilatura", "asyncio"}
    assert not heavy & set(loaded.splitlines()[-1].split())
