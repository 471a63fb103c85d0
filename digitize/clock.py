"""What day and hour it is in Vietnam, whatever zone the server keeps."""

from datetime import UTC, date, datetime, timedelta, timezone

HERE = timezone(timedelta(hours=7))  # Vietnam has no summer time


def here(at: datetime) -> datetime:
    """The moment by the clocks in Vietnam."""
    return at.astimezone(HERE)


def day_here(at: datetime) -> date:
    """The day in Vietnam."""
    return here(at).date()


def today_here() -> date:
    """The day that it is in Vietnam now."""
    return day_here(datetime.now(UTC))
