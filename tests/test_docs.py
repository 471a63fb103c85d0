"""The docs tell of every command, setting, error and form, and what they point to exists."""

import re
import tomllib
from collections.abc import Iterator
from inspect import getdoc
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import typer

from digitize import errors
from digitize.books.forms import all_forms
from digitize.cli import app
from digitize.errors import DigitizeError
from digitize.settings import Settings

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
PAGES = [REPOSITORY / "README.md", *sorted(DOCS.glob("*.md")), REPOSITORY / "models/README.md"]
FORMS = sorted((REPOSITORY / "digitize/books/forms").glob("*.toml"))


def text_of(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def commands(group: Any, path: str = "digitize") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))


def section(text: str, command: str) -> str:
    """What stands under the heading of a command."""
    found = re.search(rf"^## `{re.escape(command)}`\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"docs/cli.md has no section on {command}"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_told(command: str) -> None:
    told = section(text_of("cli.md"), command)
    for parameter in COMMANDS[command].params:
        for name in [*parameter.opts, *parameter.secondary_opts]:
            if name.startswith("--") and name != "--help":
                assert re.search(rf"{name}(?![\w-])", told), f"{command} {name}"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_that_operators_read_stands_in_the_docs(command: str) -> None:
    assert " ".join(COMMANDS[command].help.split()) in text_of("cli.md")


def test_no_command_is_told_that_does_not_exist() -> None:
    assert set(re.findall(r"^## `(digitize [^`]+)`", text_of("cli.md"), re.M)) == set(COMMANDS)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_told(name: str) -> None:
    assert f"| `DIGITIZE_{name.upper()}` |" in text_of("operations.md")


def test_no_setting_is_told_that_does_not_exist() -> None:
    told = set(re.findall(r"^\| `DIGITIZE_(\w+)` \|", text_of("operations.md"), re.M))
    assert told == {name.upper() for name in Settings.model_fields}


def descendants(base: type[DigitizeError]) -> Iterator[type[DigitizeError]]:
    yield base
    for child in base.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from descendants(child)


ERRORS = list(descendants(DigitizeError))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_is_told_with_its_codes(error: type[DigitizeError]) -> None:
    row = rf"^\| \*?`{error.__name__}`\*? \| `{error.code}` \| {error.exit_code} \|"
    assert re.search(row, text_of("errors.md"), re.M)


def test_no_error_is_told_that_does_not_exist() -> None:
    told = re.findall(r"^\| \*?`(\w+)`\*? \| `\w+` \| \d+ \|", text_of("errors.md"), re.M)
    assert sorted(told) == sorted(error.__name__ for error in ERRORS)


def test_every_error_has_a_code_of_its_own() -> None:
    assert len({error.code for error in ERRORS}) == len(ERRORS)


def test_every_error_that_people_meet_has_an_exit_code_of_its_own() -> None:
    """Only the classes between, which stand for several, share the one of their parent."""
    own = [error.exit_code for error in ERRORS if "exit_code" in vars(error)]
    assert len(set(own)) == len(own)
    assert all("exit_code" in vars(error) for error in ERRORS if not error.__subclasses__())


def drawn(error: type[DigitizeError], lead: str = "") -> Iterator[str]:
    children = [child for child in error.__subclasses__() if child.__module__ == errors.__name__]
    for child in children:
        is_last = child is children[-1]
        yield f"{lead}{'└── ' if is_last else '├── '}{child.__name__}"
        yield from drawn(child, lead + ("    " if is_last else "│   "))


def test_the_tree_in_the_docstring_is_the_real_one() -> None:
    lines = [line for line in (getdoc(errors) or "").splitlines() if "──" in line]
    assert [re.sub(r"(?<=\w)\s.*", "", line) for line in lines] == list(drawn(DigitizeError))


@pytest.mark.parametrize("form_id", all_forms())
def test_every_form_is_told(form_id: str) -> None:
    assert re.search(rf"^\| `{form_id}` \|", text_of("forms.md"), re.M)


def keys_in(toml: dict[str, Any]) -> Iterator[str]:
    """Keys of the format; column names, which groups, `only_empty` and `when_female` have as keys, are not."""
    for key, value in toml.items():
        yield key
        if key == "checkbox_group":
            yield from chain.from_iterable(value.values())
        elif key not in ("only_empty", "when_female"):
            yield from chain.from_iterable(map(keys_in, tables_in(value)))


def tables_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from chain.from_iterable(map(tables_in, value))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_key_of_a_form_is_explained(path: Path) -> None:
    told = text_of("forms.md")
    for key in set(keys_in(tomllib.loads(path.read_text("utf-8")))):
        assert re.search(rf"`(\[+)?{key}[\].`]", told), key


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_kind_of_value_is_explained(path: Path) -> None:
    form, told = all_forms()[path.stem], text_of("forms.md")
    for item in form.items():
        assert f"`{item.kind}`" in told
    for off_page in form.off_page:
        assert f"| `{off_page.source}` |" in told


def anchors_of(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), target
        assert not anchor or anchor in anchors_of(there), target


def test_the_model_card_names_every_weight_file_with_its_hash() -> None:
    manifest = tomllib.loads((REPOSITORY / "models/manifest.toml").read_text("utf-8"))
    card = (REPOSITORY / "models/README.md").read_text("utf-8")
    for folder, facts in manifest.items():
        for name, file in facts["files"].items():
            assert f"| `{folder}/{name}` | {file['size']:,} | `{file['sha256']}` |" in card


def test_docs_hold_no_machine_path() -> None:
    for page in PAGES:
        assert not re.search(r"/(work|root|home/\w+)/|/tmp/(?!thu)", page.read_text("utf-8")), page.name
