"""Everything an installation may set: environment variables with the prefix DIGITIZE_.

Entry points (`cli`, `app`) read the settings once and pass them down.
"""

from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """Paths that are not set lie in the workspace folder."""

    model_config = SettingsConfigDict(env_prefix="DIGITIZE_", frozen=True)

    workspace: Path = Field(default=Path("workspace"), description="folder of the database and the archive")
    database_url: str = Field(default="", description="SQLAlchemy URL; left empty: SQLite in the workspace")
    archive: Path = Field(default=Path(), description="originals; left empty: <workspace>/archive")
    population: Path = Field(default=Path(), description="population extract; left empty: <workspace>/population.db")
    models: Path = Field(default=REPOSITORY / "models", description="folder of the recogniser weights")
    threads: int = Field(default=1, gt=0, description="processor cores that one reading worker uses")
    session_hours: float = Field(default=10.0, gt=0, description="a signed-in session ends after so many hours")
    host: str = Field(default="127.0.0.1", description="address on which the web application listens")
    port: int = Field(default=8501, gt=0, lt=65536)

    rate_entry: int = Field(default=0, ge=0, description="cost sheet: đồng for an entry; 0 where none is set")
    rate_short: int = Field(default=0, ge=0, description="cost sheet: đồng for a short field")
    rate_medium: int = Field(default=0, ge=0, description="cost sheet: đồng for a medium field")
    rate_long: int = Field(default=0, ge=0, description="cost sheet: đồng for a long field")
    short_field: int = Field(default=15, gt=0, description="cost sheet: characters up to which a field is short")
    medium_field: int = Field(default=50, gt=0, description="cost sheet: characters up to which a field is medium")

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
