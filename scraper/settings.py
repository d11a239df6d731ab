"""Scrapy's settings: polite by default, loopback replays at full speed, nothing but http(s)."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from data.settings import load_settings

_ours = load_settings()


def _version() -> str:
    try:
        return version("promptjobs")
    except PackageNotFoundError:
        return "0"


# --- ours -----------------------------------------------------------------------------------------
PROMPTJOBS_HOME = str(_ours.home)
PROMPTJOBS_DATABASE_URL = _ours.database_url
PROMPTJOBS_UPSTREAM = _ours.upstream
# A replay on this machine bothers nobody: no delays (robots.txt and Retry-After still count).
PROMPTJOBS_REPLAY = bool(_ours.upstream) and urlsplit(_ours.upstream or "").hostname in (
    "127.0.0.1",
    "::1",
    "localhost",
)
PROMPTJOBS_RETRY_BASE = 0.05 if PROMPTJOBS_REPLAY else 2.0
PROMPTJOBS_MAX_WAIT = 120
PROMPTJOBS_PAUSE = 1.0 if PROMPTJOBS_REPLAY else 60.0  # seconds a failing host is left alone at first
PROMPTJOBS_DEADLINE = _ours.deadline * 60  # seconds one crawl may take; 0: no bound
PROMPTJOBS_TELL = False

# --- project --------------------------------------------------------------------------------------
BOT_NAME = "promptjobs"
SPIDER_MODULES = ["scraper.spiders"]
NEWSPIDER_MODULE = "scraper.spiders"
ADDONS: dict[str, int] = {}

# --- manners --------------------------------------------------------------------------------------
USER_AGENT = (
    f"promptjobs/{_version()} (job-market statistics; {_ours.contact or 'no contact set by the user'})"
)
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "promptjobs"
AUTOTHROTTLE_ENABLED = not PROMPTJOBS_REPLAY
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
DOWNLOAD_DELAY = 0 if PROMPTJOBS_REPLAY else 1.0  # the card's budget replaces it (board_spider)
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 8 if PROMPTJOBS_REPLAY else 1
RETRY_TIMES = 3
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"
DEFAULT_REQUEST_HEADERS = {"Accept": "application/json, text/html;q=0.5, */*;q=0.1", "Accept-Language": "en"}

# --- limits ---------------------------------------------------------------------------------------
DNS_TIMEOUT = 10
TWISTED_DNS_RESOLVER = (
    "scraper.middlewares.resolver.PublicResolver"  # no name may lead into the user's own network
)
CONCURRENT_ITEMS = 4  # a spider gives one item an answer; each of these is a task per answer
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 96 * 1024 * 1024
DOWNLOAD_WARNSIZE = 32 * 1024 * 1024
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
HTTPERROR_ALLOW_ALL = True  # every status becomes a check
REFERER_ENABLED = True
REFERRER_POLICY = "no-referrer"
DOWNLOAD_HANDLERS = {
    "http": "scraper.middlewares.upstream.UpstreamHandler",
    "https": "scraper.middlewares.upstream.UpstreamHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# --- parts, in their order ------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    "scraper.middlewares.scope.Scope": 60,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scraper.middlewares.robots.Robots": 100,
    "scraper.middlewares.reserved.Reserved": 150,
    "scraper.middlewares.conditional.Conditional": 200,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scraper.middlewares.backoff.Backoff": 550,
    "scraper.middlewares.breaker.Breaker": 650,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None if PROMPTJOBS_REPLAY else 750,
}
ITEM_PIPELINES = {
    "scraper.pipelines.read.ReadRecords": 100,
    "scraper.pipelines.judge.JudgeListing": 300,
    "scraper.pipelines.store.StoreListing": 900,
}
EXTENSIONS = {
    "scraper.ledger.Ledger": 10,
    "scraper.parent.WatchParent": 20,
    "scraper.deadline.Deadline": 30,
}

LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
LOGSTATS_INTERVAL = 0
STATS_DUMP = True
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
