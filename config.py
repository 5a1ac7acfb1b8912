"""Every setting of the installation, typed, read once from the environment; all faults are named together."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent


class Mode(StrEnum):
    DEMO = "demo"
    """Invented people, known passwords, pages for developers. Never for real data."""
    PRODUCTION = "production"


class ConfigurationError(Exception):
    """The installation cannot start; the message names every fault at once."""


@dataclass(frozen=True)
class Config:
    mode: Mode
    secret_key: str
    public_url: str
    """How people reach the application from outside; links in mails begin with it."""
    data_dir: Path
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: int = 0
    """How many reverse proxies in front set X-Forwarded-* headers; 0 trusts none."""
    profile: str = "mocarze"
    time_zone: str = "Europe/Warsaw"
    smtp_host: str | None = None
    """Without a server mails stay in the outbox."""
    smtp_port: int = 587
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_security: str = "starttls"
    mail_from: str = "gromada@gromada.example"
    metrics_token: str | None = None
    """Who brings it may read ``/metrics``; without one there is no such page."""

    @property
    def is_demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def secure(self) -> bool:
        """Cookies are only sent over TLS. Demonstrations run on plain http."""
        return not self.is_demo

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """Read the settings; raises ``ConfigurationError`` with all faults, one a line."""
        return _Reading(os.environ if environment is None else environment).config()


class _Reading:
    """Collects the faults while the settings are read."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.faults: list[str] = []

    def text(self, name: str) -> str | None:
        return self.environment.get(name, "").strip() or None

    def whole(self, name: str, default: int, lowest: int, highest: int) -> int:
        written = self.text(name)
        if written is None:
            return default
        if not written.isdigit() or not lowest <= int(written) <= highest:
            self.faults.append(f"{name} must be a whole number from {lowest} to {highest}, not {written!r}")
            return default
        return int(written)

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        written = self.text(name) or default
        if written not in allowed:
            self.faults.append(f"{name} must be one of {', '.join(allowed)}, not {written!r}")
            return default
        return written

    def config(self) -> Config:
        mode = Mode(self.one_of("GROMADA_MODE", Mode.PRODUCTION, tuple(Mode)))
        data_dir = Path(self.text("DATA_DIR") or ROOT / "var").resolve()
        port = self.whole("PORT", 8000, 1, 65535)
        security = self.one_of("SMTP_SECURITY", "starttls", ("starttls", "tls", "none"))
        config = Config(
            mode=mode,
            secret_key=self._secret_key(mode, data_dir),
            public_url=self._public_url(mode, port),
            data_dir=data_dir,
            database_url=self._database_url(data_dir),
            host=self.text("HOST") or "127.0.0.1",
            port=port,
            trusted_proxies=self.whole("TRUSTED_PROXIES", 0, 0, 5),
            profile=self._profile(),
            smtp_host=self.text("SMTP_HOST"),
            smtp_port=self.whole("SMTP_PORT", 465 if security == "tls" else 587, 1, 65535),
            smtp_user=self.text("SMTP_USER"),
            smtp_password=self.text("SMTP_PASSWORD"),
            smtp_security=security,
            mail_from=self._mail_from(),
            metrics_token=self._metrics_token(),
        )
        if self.faults:
            raise ConfigurationError("\n".join(self.faults))
        return config

    def _secret_key(self, mode: Mode, data_dir: Path) -> str:
        key = self.text("SECRET_KEY")
        if key is None and mode is Mode.DEMO:
            return _key_kept_in(data_dir / "secret-key")
        if key is None:
            self.faults.append(
                "SECRET_KEY is missing: make one with "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))' and keep it secret"
            )
            return ""
        if len(key) < 32:
            self.faults.append("SECRET_KEY is too short: use at least 32 random characters")
        return key

    def _public_url(self, mode: Mode, port: int) -> str:
        url = self.text("PUBLIC_URL")
        if url is None and mode is Mode.DEMO:
            return f"http://127.0.0.1:{port}"
        parts = urlsplit(url or "")
        if not parts.netloc or parts.path.strip("/") or parts.scheme not in ("http", "https"):
            self.faults.append("PUBLIC_URL must be the address people use, such as https://plany.example.pl")
        elif mode is Mode.PRODUCTION and parts.scheme != "https":
            self.faults.append("PUBLIC_URL must begin with https:// in production")
        return (url or "").rstrip("/")

    def _database_url(self, data_dir: Path) -> str:
        url = self.text("DATABASE_URL") or f"sqlite:///{data_dir / 'gromada.sqlite3'}"
        for ordinary in ("postgres://", "postgresql://"):
            if url.startswith(ordinary):
                url = "postgresql+psycopg://" + url.removeprefix(ordinary)
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.faults.append("DATABASE_URL must begin with sqlite:/// or postgresql://")
        return url

    def _profile(self) -> str:
        name = self.text("PROGRAMME_PROFILE") or "mocarze"
        if not (ROOT / "profiles" / name / "profile.toml").is_file():
            self.faults.append(f"PROGRAMME_PROFILE {name!r}: there is no profiles/{name}/profile.toml")
        return name

    def _metrics_token(self) -> str | None:
        token = self.text("METRICS_TOKEN")
        if token is not None and len(token) < 20:
            self.faults.append("METRICS_TOKEN is too short: use at least 20 random characters")
        return token

    def _mail_from(self) -> str:
        address = self.text("MAIL_FROM") or "gromada@gromada.example"
        if "@" not in address or any(sign in address for sign in "\r\n,"):
            self.faults.append(f"MAIL_FROM must be one e-mail address, not {address!r}")
        return address


def _key_kept_in(path: Path) -> str:
    """The demonstration's own key, made once, so that people stay signed in over a restart."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
