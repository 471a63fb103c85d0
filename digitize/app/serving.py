"""The workspace that this process serves, for the script that Streamlit runs."""

from digitize.store.unit_of_work import Workspace

_held: list[Workspace] = []


def hold(workspace: Workspace) -> None:
    """From now on this workspace is served."""
    _held[:] = [workspace]


def held() -> Workspace | None:
    """None unless the application was started as it should be."""
    return _held[0] if _held else None
