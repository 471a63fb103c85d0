"""Accounts, sessions and tries to sign in."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class AccountRow(SQLModel, table=True):
    __tablename__ = "account"

    name: str = Field(primary_key=True)
    full_name: str
    password_hash: str
    agency: str
    unit: str
    roles: list[str] = Field(sa_column=Column(JSON, nullable=False))
    scope: list[str] = Field(sa_column=Column(JSON, nullable=False))
    active: bool = True
    demo: bool = False


class SessionRow(SQLModel, table=True):
    __tablename__ = "session"

    id_hash: str = Field(primary_key=True)  # SHA-256 of the opaque id that only the browser holds
    account: str = Field(foreign_key="account.name", index=True)
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class SignInRow(SQLModel, table=True):
    """One try to sign in; written before the password is checked, so that tries at once are counted too."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    name_hash: str = Field(index=True)  # SHA-256: people type passwords into the wrong box
    at: datetime
    cleared: bool = False  # a good password came later, so it no longer counts
