"""What containers are given must be what the documents name and the code reads."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
#: Read by the server program, the database's image and Python themselves.
OF_OTHERS = re.compile(r"GRANIAN_\w+|POSTGRES_\w+|PATH|PYTHON\w+")


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def documented() -> set[str]:
    running = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    section = running.split("\n## Settings\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


def objects() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(text("kubernetes.yaml")))


def pods() -> list[dict[str, Any]]:
    templates = [
        one["spec"].get("jobTemplate", one)["spec"]["template"]["spec"]
        for one in objects()
        if one["kind"] in ("Deployment", "Job", "CronJob")
    ]
    assert len(templates) == 3
    return templates


def of_dockerfile() -> set[str]:
    instructions = re.sub(r"\\\n", " ", text("Dockerfile"))
    lines = re.findall(r"^ENV (.*)$", instructions, re.MULTILINE)
    return {name for line in lines for name in re.findall(r"\b([A-Z_]+)=", line)}


def of_compose() -> set[str]:
    services = yaml.safe_load(text("compose.yaml"))["services"]
    return {name for one in services.values() for name in one.get("environment", {})}


def of_kubernetes() -> set[str]:
    named = {
        name for one in objects() for part in ("data", "stringData") for name in one.get(part, {})
    }
    return named | {
        variable["name"]
        for pod in pods()
        for container in pod["containers"]
        for variable in container.get("env", [])
    }


def test_the_example_of_an_environment_names_every_setting() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", text("causeway.env.example"), re.MULTILINE)
    assert sorted(named) == sorted(documented())


@pytest.mark.parametrize("given", [of_dockerfile, of_compose, of_kubernetes])
def test_containers_are_given_documented_settings_only(given: Any) -> None:
    found = given()
    assert found, "nothing was read: this test sees nothing"
    assert {name for name in found if not OF_OTHERS.fullmatch(name)} <= documented()


def test_what_several_machines_must_share_is_given_to_them() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "CACHE_URL"} <= of_kubernetes()


def test_a_container_can_do_nothing_but_its_work() -> None:
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"]
        for container in pod["containers"]:
            rights = container["securityContext"]
            assert rights["readOnlyRootFilesystem"]
            assert rights["capabilities"] == {"drop": ["ALL"]}
            assert not rights["allowPrivilegeEscalation"]


def test_what_the_files_start_exists() -> None:
    assert re.search(r'^CMD \["deploy/serve"\]$', text("Dockerfile"), re.MULTILINE)
    assert (DEPLOY / "serve").stat().st_mode & 0o111
    commands = {
        match
        for file in ("compose.yaml", "kubernetes.yaml")
        for match in re.findall(r"manage\.py[, ]+(\w+)", text(file))
    }
    folder = ROOT / "site/config/management/commands"
    assert commands == {"prepare", "chores"}
    assert all((folder / f"{name}.py").exists() for name in commands)


def test_no_secret_and_nothing_of_a_laptop_gets_into_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".*", "*.env", "*.sqlite3*"} <= set(ignored)
