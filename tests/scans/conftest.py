"""A clean sample page."""

import pytest

from digitize.scans.files import PageImage, load_page
from digitize.settings import REPOSITORY


@pytest.fixture(scope="session")
def sample() -> PageImage:
    with (REPOSITORY / "sample_scans" / "ks_01.jpg").open("rb") as file:
        return load_page(file, "ks_01.jpg")
