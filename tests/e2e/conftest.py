import json
import subprocess
import sys

import pytest

from tests.services import ROOT, celery, database_url, environment, processes, sink  # noqa: F401 - fixtures


@pytest.fixture(scope="module")
def step(environment):  # noqa: F811 - the fixture above
    """Do one of the steps of tests/e2e/steps.py in a process of its own."""

    def run(*arguments):
        command = [sys.executable, "-m", "tests.e2e.steps", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    return run
