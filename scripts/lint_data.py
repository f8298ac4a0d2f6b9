"""Make what the lint knows of MJML and of mail programs, from the npm packages that say it.

In an empty folder: `npm i mjml@5.4.1 caniemail@2.0.2 --ignore-scripts`, then
`python scripts/lint_data.py THAT_FOLDER`. Facts only are kept: names, kinds, who lacks what.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOM = Path(__file__).parent.parent / "src/cardletter/templates"

DUMP = """
import preset from 'mjml-preset-core'
const { components, dependencies } = preset.default || preset
const found = {}
for (const each of components) {
  found[each.componentName] = {
    attributes: each.allowedAttributes || {},
    children: (dependencies[each.componentName] || []).filter(name => typeof name === 'string'),
    holds: each.endingTag ? 'html' : 'components',
  }
}
console.log(JSON.stringify(found))
"""

# Programs that show mail alike, and the share of all opens that each had. Litmus counted more than
# a billion opens in April 2022; those of Apple include the ones its privacy protection makes.
PROGRAMS: dict[str, tuple[float, dict[str, tuple[str, ...]]]] = {
    "Apple Mail": (57.2, {"apple-mail": ("macos", "ios")}),
    "Gmail": (29.5, {"gmail": ("desktop-webmail", "ios", "android")}),
    "Outlook for Windows": (4.2, {"outlook": ("windows",)}),
    "Yahoo & AOL": (
        3.4,
        dict.fromkeys(("yahoo", "aol"), ("desktop-webmail", "ios", "android")),
    ),
    "Outlook.com": (1.0, {"outlook": ("outlook-com", "ios", "android")}),
    "Samsung Email": (0.4, {"samsung-email": ("android",)}),
    "GMX & WEB.DE": (0.1, dict.fromkeys(("gmx", "web-de"), ("desktop-webmail",))),
    "Thunderbird": (0.1, {"thunderbird": ("macos",)}),
}


def main() -> None:
    """Write mjml.json and mail_programs.json."""
    packages = Path(sys.argv[1])
    _write("mjml.json", _mjml(packages))
    _write("mail_programs.json", _programs(packages))


def _write(name: str, content: dict[str, Any]) -> None:
    lines = [
        f" {json.dumps(key)}: " + (_table(value) if isinstance(value, dict) else json.dumps(value))
        for key, value in content.items()
    ]
    (ROOM / name).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _table(rows: dict[str, Any]) -> str:
    inside = ",\n".join(f"  {json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items())
    return "{\n" + inside + "\n }"


def _package(packages: Path, name: str) -> dict[str, Any]:
    text = (packages / "node_modules" / name / "package.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _mjml(packages: Path) -> dict[str, Any]:
    file = packages / "dump.mjs"
    file.write_text(DUMP, encoding="utf-8")
    told = subprocess.run(["node", file.name], cwd=packages, capture_output=True, check=True)
    package = _package(packages, "mjml")
    return {
        "from": f"npm mjml {package['version']}, {package['license']}",
        "components": dict(sorted(json.loads(told.stdout).items())),
    }


def _programs(packages: Path) -> dict[str, Any]:
    package = _package(packages, "caniemail")
    path = packages / "node_modules/caniemail/data/caniemail.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    lacking = {}
    for feature in sorted(data["data"], key=lambda each: str(each["slug"])):
        without = [
            name for name, (_, tested) in PROGRAMS.items() if _lacks(feature["stats"], tested)
        ]
        if without:
            lacking[feature["slug"]] = {"name": feature["title"], "not_in": without}
    return {
        "from": f"npm caniemail {package['version']}, {package['license']}; "
        f"data of caniemail.com as of {data['last_update_date'][:10]}",
        "shares_from": "Litmus, email client market share, April 2022",
        "shares": {name: share for name, (share, _) in PROGRAMS.items()},
        "lacking": lacking,
    }


def _lacks(stats: dict[str, Any], tested: dict[str, tuple[str, ...]]) -> bool:
    """Tell whether at least half of what was tested of a program cannot do something at all."""
    newest = [
        list(versions.values())[-1][:1]
        for family, platforms in tested.items()
        for platform in platforms
        if (versions := stats.get(family, {}).get(platform))
    ]
    return bool(newest) and newest.count("n") * 2 >= len(newest)


if __name__ == "__main__":
    main()
