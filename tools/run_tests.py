"""The whole suite, on SQLite and then on PostgreSQL; the browser journeys once. Says in one line what was skipped."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
RUNS = [
    ("SQLite", {}, []),
    ("PostgreSQL", {"TEST_DB": "postgres"}, ["-m", "not browser and not chaos"]),
]


def run(name: str, environment: dict, arguments: list[str], report: Path) -> int:
    print(f"\n=== The suite on {name} ===", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "loadfile",
        f"--junitxml={report}",
        *arguments,
        *sys.argv[1:],
    ]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def counts(report: Path) -> tuple[int, int, set[str]]:
    """Passed, failed, and the reasons of what was skipped."""
    if not report.exists():
        return 0, 1, set()
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skips = [case.find("skipped") for case in cases]
    reasons = {skip.get("message", "") for skip in skips if skip is not None}
    return len(cases) - failed - sum(skip is not None for skip in skips), failed, reasons


def main() -> int:
    passed = failed = 0
    reasons: set[str] = set()
    codes = []
    with tempfile.TemporaryDirectory() as folder:
        for name, environment, arguments in RUNS:
            report = Path(folder) / f"{name}.xml"
            codes.append(run(name, environment, arguments, report))
            more_passed, more_failed, more_reasons = counts(report)
            passed, failed, reasons = passed + more_passed, failed + more_failed, reasons | more_reasons
    print()
    print(f"Skipped: {'; '.join(sorted(reasons))}" if reasons else "Nothing was skipped.")
    print(f"{passed} passed, {failed} failed")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
