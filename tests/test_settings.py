"""Settings: what is not set lies in the workspace folder."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from digitize.settings import Settings


def test_paths_follow_the_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DIGITIZE_WORKSPACE", str(tmp_path))
    settings = Settings()
    assert settings.database_url == f"sqlite:///{tmp_path / 'digitize.db'}"
    assert (settings.archive, settings.population) == (tmp_path / "archive", tmp_path / "population.db")


def test_each_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DIGITIZE_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("DIGITIZE_DATABASE_URL", "postgresql+psycopg:///digitize")
    monkeypatch.setenv("DIGITIZE_ARCHIVE", "/scans")
    monkeypatch.setenv("DIGITIZE_POPULATION", "")
    settings = Settings(session_hours=2)
    assert settings.database_url == "postgresql+psycopg:///digitize"
    assert (settings.archive, settings.population) == (Path("/scans"), tmp_path / "population.db")
    assert settings.session_hours == 2


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(port=0)
