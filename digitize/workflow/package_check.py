"""Check a package: anyone may look over a package, ours or another's; it needs no account and changes nothing."""

import json
from pathlib import Path
from typing import Any

from digitize.export.check.kinds import Severity
from digitize.export.check.look import Look, look_over

__all__ = ["Look", "as_json", "check_package", "told"]

SIGNS = {Severity.ERROR: "LỖI", Severity.WARNING: "nhắc"}


def check_package(path: Path, password: str | None = None) -> Look:
    """Raises PackageUnusable where there is no package, PackageLocked."""
    return look_over(path, password)


def told(look: Look) -> list[str]:
    """The look in lines: what was found, fault by fault, what to do about each kind."""
    lines = [
        f"Gói {look.stem}: mẫu {look.template or 'không rõ'}, {look.rows} dòng, {look.pdfs} PDF, "
        f"{'có' if look.has_manifest else 'không có'} bản kê khai."
    ]
    lines += [f"[{SIGNS[each.kind.severity]}] {each.code} · {each.place}: {each.message}" for each in look.faults]
    kinds = {fault.code: fault.kind for fault in look.faults}
    lines += [f"{code} ({n}): {kinds[code].title}. {kinds[code].advice}" for code, n in look.counts.items()]
    return [*lines, f"{look.errors} lỗi, {look.warnings} điều cần xem."]


def as_json(look: Look) -> str:
    """For programs, see docs/package.md."""
    answer: dict[str, Any] = {
        "package": look.stem, "template": look.template, "rows": look.rows, "pdfs": look.pdfs,
        "manifest": look.has_manifest, "errors": look.errors, "warnings": look.warnings,
        "faults": [
            {"code": f.code, "severity": f.kind.severity.value, "place": f.place, "message": f.message}
            for f in look.faults
        ],
    }  # fmt: skip
    return json.dumps(answer, ensure_ascii=False, indent=1)
