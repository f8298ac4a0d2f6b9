"""What prefect.yaml deploys is what the flows take."""

import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.flows import load_flow_from_entrypoint

ROOT = Path(__file__).parents[2]
DEPLOYED = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYED, ids=lambda deployment: deployment["name"])
def test_every_deployment_fits_its_flow(deployment: dict[str, Any]):
    flow = load_flow_from_entrypoint(str(ROOT / deployment["entrypoint"]))
    parameters = deployment.get("parameters", {})
    inspect.signature(flow.fn).bind(**parameters)
    flow.validate_parameters(parameters)


def test_a_schedule_runs_on_the_day_of_the_edition():
    monthly = next(each for each in DEPLOYED if each["name"] == "monthly")
    assert monthly["parameters"] == {"edition": "due"}
    assert monthly["schedules"][0]["cron"] == "0 8 3 * *"


@pytest.mark.parametrize("flow", sorted((ROOT / "flows").glob("*.py")), ids=lambda flow: flow.name)
def test_a_flow_is_a_table_of_contents(flow: Path):
    assert len(flow.read_text(encoding="utf-8").splitlines()) <= 60
    assert not any(line.startswith("import ") for line in flow.read_text("utf-8").splitlines())
