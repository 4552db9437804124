"""La documentation engendrée dit ce que fait le code, ou le test échoue."""

from django.core.management import call_command

from contrats.etats import TRANSITIONS
from tests.architecture.sources import PROJET


def test_docs_etats_est_a_jour():
    """`manage.py documenter_etats` le réécrit."""
    call_command("documenter_etats", "--verifier")


def test_docs_etats_nomme_chaque_passage():
    page = (PROJET / "docs" / "etats.md").read_text(encoding="utf-8")
    manquent = [t.geste for t in TRANSITIONS if t.geste not in page]
    assert not manquent


def test_une_decision_tient_sur_une_page():
    longues = [
        f.name
        for f in (PROJET / "docs" / "decisions").glob("*.md")
        if len(f.read_text(encoding="utf-8").splitlines()) > 80
    ]
    assert not longues
