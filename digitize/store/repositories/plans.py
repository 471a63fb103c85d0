"""The campaign's settings: read by everybody, made by whoever plans for the whole province."""

from dataclasses import asdict
from datetime import date

from sqlmodel import col, select

from digitize.access.scope import PROVINCE
from digitize.books.kinds import BookKind
from digitize.campaign.plan import Campaign
from digitize.errors import AccessDenied, InputError
from digitize.store.repositories.base import Repository
from digitize.store.tables import CampaignRow

DAYS = ("start", "deadline", "extended_to", "units_on")


class Plans(Repository):
    def current(self) -> Campaign:
        """The newest settings, or what plan 1218 says."""
        row = self._session.exec(select(CampaignRow).order_by(col(CampaignRow.id).desc()).limit(1)).first()
        return _as_campaign(row) if row else Campaign()

    def set(self, campaign: Campaign, why: str) -> None:
        """Raises AccessDenied for whoever is not in charge of the whole province, InputError without a reason."""
        if PROVINCE not in self._actor.scope:
            raise AccessDenied("Chỉ tài khoản phụ trách toàn tỉnh mới đổi được kế hoạch.")
        if not why.strip():
            raise InputError("Hãy ghi lý do hoặc số văn bản của thay đổi này.")
        campaign.check()
        told = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(campaign).items()
        }
        told["population_kinds"] = [kind.value for kind in BookKind if kind in campaign.population_kinds]
        row = CampaignRow(settings=told, why=why.strip(), by=self._actor.account, at=self._now)
        with self._transaction.change("campaign.set", "campaign", row, why.strip()):
            pass


def _as_campaign(row: CampaignRow) -> Campaign:
    told = dict(row.settings)
    for name in DAYS:
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    told["population_kinds"] = frozenset(map(BookKind, told["population_kinds"]))
    return Campaign(**told)
