"""Pictures of every page: a demo of its own is started, walked through as each account, on a phone and on a desktop.

From the seeds of each account every link is followed once for each page (URL name), so a new page arrives by itself when
something links to it. `python tools/screenshots.py` fills var/screenshots/ACCOUNT/; the three pictures of the README go to
docs/images/. With --readme only those are taken; with words, only the accounts named.
"""

import argparse
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from PIL import Image
from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "var" / "screenshots"
README = ROOT / "docs" / "images"
SIZES = {"390": (390, 844), "1280": (1280, 900)}
LARGEST = 200 * 1024  # bytes of a picture in the README
NOBODY = "nobody"

# Where the walk of each account begins: its home page and what only a form leads to.
SEEDS = {
    NOBODY: [
        "/",
        "/en/",
        "/verifica/",
        "/iscrizione/",
        "/rete/iscrizione/",
        "/accedi/",
        "/account/nuovo/",
        "/demo/",
        "/non-esiste/",
    ],
    "caseworker": ["/oggi/", "/cerca/?q=an"],
    "coordinator": ["/oggi/", "/rapporti/"],
    "beneficiary": ["/inizio/"],
    "firm": ["/inizio/"],
    "mentor": ["/inizio/"],
    "juror": ["/inizio/"],
    "citizen": ["/inizio/"],
    "admin": ["/gestione/"],
}
# (name, account, path, what kind of link to follow there)
PICTURES = [
    ("home", NOBODY, "/", None),
    ("applications", "caseworker", "/domande/", None),
    ("group", "coordinator", "/orafo/gruppi/", r"/orafo/gruppi/\d+/$"),
]
NOT_PAGES = re.compile(r"^/(esci|static|media|demo/posta)|/(jsi18n|delete|history|password)/|\.(ics|pdf|csv|xlsx)$|formato=")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """`manage.py demo` in a folder of its own, up while the block runs."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="screenshots-")
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"

    def __enter__(self) -> str:
        environment = {**os.environ, "DEMO": "1", "VAR_DIR": self.folder}
        for variable in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL"):
            environment.pop(variable, None)
        command = [sys.executable, "manage.py", "demo", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 300
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("The demo did not start: try `make demo`.")
            time.sleep(0.5)
        return self.url

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/demo/", timeout=5) as answer:  # noqa: S310 - our own server
                return answer.status == 200
        except OSError:
            return False

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def enter(page, base: str, account: str) -> None:
    if account != NOBODY:
        page.goto(f"{base}/demo/")
        page.locator(f'form:has(input[value="{account}@example.org"]) button').first.click()
        page.wait_for_load_state()


def links(page, base: str) -> list[str]:
    """Addresses of this server that the page links to, as paths with their query."""
    script = "nodes => nodes.map(node => node.href).filter(href => typeof href === 'string')"
    inside = [urlsplit(link) for link in page.eval_on_selector_all("a[href]", script) if link.startswith(f"{base}/")]
    paths = [f"{link.path}?{link.query}".rstrip("?") for link in inside]
    return [path for path in dict.fromkeys(paths) if not NOT_PAGES.search(path)]


def name_of(path: str) -> str | None:
    """The URL name, by which one page of a kind is enough; of the administration, lists and the first form of each model."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None if path.strip("/") != "non-esiste" else "not_found"


def open_page(page, url: str) -> bool:
    """False when it is a download and not a page."""
    try:
        answer = page.goto(url, wait_until="load")
    except Error:
        return False
    return answer is not None and "html" in answer.headers.get("content-type", "")


def walk(page, base: str, account: str) -> dict[str, str]:
    """Visit everything this account reaches; returns URL name -> path of its first page."""
    pages: dict[str, str] = {}
    waiting = list(SEEDS[account])
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if name is None or name in pages or not open_page(page, base + path):
            continue
        pages[name] = path
        waiting += links(page, base)
    return pages


def picture(page, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(target), full_page=True, animations="disabled")


def take_account(browser, base: str, account: str) -> int:
    pages: dict[str, str] = {}
    for width, (across, down) in reversed(SIZES.items()):
        context = browser.new_context(viewport={"width": across, "height": down}, locale="it-IT", reduced_motion="reduce")
        page = context.new_page()
        enter(page, base, account)
        pages = pages or walk(page, base, account)
        for name, path in pages.items():
            if open_page(page, base + path):
                picture(page, OUTPUT / account / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}-{width}.png")
        context.close()
    print(f"{account}: {len(pages)} pages", flush=True)
    return len(pages)


def take_readme(browser, base: str) -> None:
    for name, account, path, follow in PICTURES:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="it-IT", reduced_motion="reduce")
        page = context.new_page()
        enter(page, base, account)
        page.goto(base + path)
        if follow:
            page.goto(urljoin(base, fullest(page, base, follow)))
        save_small(page.screenshot(animations="disabled"), README / f"{name}.png")
        context.close()


def fullest(page, base: str, pattern: str) -> str:
    """Of the first twelve links of a kind, the one with the longest page: an empty one shows nothing."""
    found = [link for link in links(page, base) if re.search(pattern, link)][:12]
    if not found:
        raise SystemExit(f"{page.url} has no link like {pattern}: is the demo data there?")
    heights = {}
    for path in found:
        page.goto(urljoin(base, path))
        heights[path] = page.evaluate("document.documentElement.scrollHeight")
    return max(heights, key=heights.get)


def save_small(content: bytes, target: Path) -> None:
    """A picture of few colours, so that it stays under 200 KB."""
    target.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(content)).convert("RGB")
    for colours in (256, 128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size < LARGEST:
            break
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KB, {colours} colours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("accounts", nargs="*", metavar="ACCOUNT", help=f"of {', '.join(SEEDS)}; without any, all")
    parser.add_argument("--readme", action="store_true", help="only the three pictures of the README")
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        raise SystemExit("Chromium is missing. On Debian: apt-get install chromium")
    if unknown := set(options.accounts) - set(SEEDS):
        raise SystemExit(f"No such account: {', '.join(unknown)}. There are {', '.join(SEEDS)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oltreiperimetri.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    flags = ["--disable-gpu", "--no-first-run", *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with Demo() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        if not options.readme:
            total = sum(take_account(browser, base, account) for account in options.accounts or SEEDS)
            print(f"{total} pages, at {' and '.join(SIZES)} pixels, in {OUTPUT.relative_to(ROOT)}/")
        if options.readme or not options.accounts:
            take_readme(browser, base)
        browser.close()


if __name__ == "__main__":
    main()
