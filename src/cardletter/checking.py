"""Checking: everything people wrote is read, and every finding given at once."""

from pathlib import Path

from cardletter import consent, content, permission, profiles, segments, templates
from cardletter.errors import FilesError, Finding


def check(project: Path, edition: str | None = None) -> list[Finding]:
    """Give every finding in content/, segments/ and templates/, sorted by file and line.

    Of the editions, all are read, or only the one that is named.
    """
    interests, findings = profiles.read_interests(project)
    findings = list(findings)
    findings += segments.read_clustering(project)[1]
    findings += segments.read_names(project)[1]
    findings += segments.read_rules(project, interests)[1]
    items, found = content.read_catalogue(project, interests if interests.interests else None)
    findings += found
    findings += consent.read_revoked(project)[1]
    findings += permission.firewall_findings(items)
    for name in [edition] if edition else content.editions(project):
        findings += content.read_edition(project, name, items, interests)[1]
    try:
        findings += templates.check_templates(project)
        findings += templates.check_locales(project, items, interests.interests)
    except FilesError as error:
        findings += error.findings
    return sorted(set(findings))
