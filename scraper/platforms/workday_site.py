"""Where a Workday career site lies, from its board's token. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:(?P<tenant>[\w-]+)\.(?P<pod>wd\d+)|(?P<pod2>wd\d+):(?P<tenant2>[\w-]+)):(?P<site>[\w-]+)"
)


@dataclass(frozen=True, slots=True)
class Site:
    """One career site. `tenant.wd5:site` is at tenant.wd5.myworkdayjobs.com, `wd5:tenant:site` at wd5.myworkdaysite.com."""

    host: str
    tenant: str
    site: str
    public: str

    @property
    def api(self) -> str:
        return f"https://{self.host}/wday/cxs/{self.tenant}/{self.site}"


def site_of(token: str) -> Site:
    """The site of a board's token. Raises ValueError."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise ValueError(f"{token!r} is not tenant.wdN:site")
    if found["tenant"]:
        host = f"{found['tenant']}.{found['pod']}.myworkdayjobs.com"
        return Site(host, found["tenant"], found["site"], f"https://{host}/{found['site']}")
    host, tenant = f"{found['pod2']}.myworkdaysite.com", found["tenant2"]
    return Site(host, tenant, found["site"], f"https://{host}/recruiting/{tenant}/{found['site']}")
