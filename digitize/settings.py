"""Everything an installation may set: environment variables with the prefix DIGITIZE_.

Entry points (`cli`, `app`) read the settings once and pass them down.
"""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """Paths that are not set lie in the workspace folder."""

    model_config = SettingsConfigDict(env_prefix="DIGITIZE_", frozen=True)

    workspace: Path = Field(Path("workspace"), description="folder of the database and the archive")
    database_url: str = Field("", description="SQLAlchemy URL; left empty: SQLite in the workspace")
    archive: Path = Field(Path(), description="originals; left empty: <workspace>/archive")
    population: Path = Field(Path(), description="population extract; left empty: <workspace>/population.db")
    models: Path = Field(REPOSITORY / "models", description="folder of the recogniser weights")
    threads: int = Field(1, gt=0, description="processor cores that one reading worker uses")
    session_hours: float = Field(10.0, gt=0, description="a signed-in session ends after so many hours")
    host: str = Field("127.0.0.1", description="address on which the web application listens")
    port: int = Field(8501, gt=0, lt=65536)

    @model_validator(mode="before")
    @classmethod
    def fill_in_from_workspace(cls, given: dict[str, object]) -> dict[str, object]:
        workspace = Path(str(given.get("workspace") or "workspace"))
        filled = {
            "database_url": f"sqlite:///{workspace / 'digitize.db'}",
            "archive": workspace / "archive",
            "population": workspace / "population.db",
        }
        return filled | {name: value for name, value in given.items() if value not in (None, "")}

    def at(self, workspace: Path) -> Self:
        """Settings of the same installation for another workspace folder."""
        kept = self.model_dump(exclude={"workspace", "database_url", "archive", "population"})
        return type(self)(workspace=workspace, **kept)
