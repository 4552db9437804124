"""La gouvernance de la démonstration : rattachée, permise par les règles, donnée pour inventée."""

from datetime import date
from pathlib import Path

import pytest

from cls_platform.demo.chargement.gouvernance import charger_gouvernance
from cls_platform.demo.chargement.lecture import DOSSIER, lire_contrats
from contrats.models import DecisionReunion, Reunion
from tests.appuis import horloge
from tests.factories import ActeurFactory, ContratFactory, ParticipationFactory

FICHIERS = sorted((DOSSIER / "gouvernance").glob("*.yaml"))
CONTRATS = {contrat["slug"]: contrat for contrat in lire_contrats()}


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.stem)
@pytest.mark.parametrize("jour", [date(2026, 3, 12), date(2026, 11, 22)], ids=str)
def test_la_gouvernance_se_charge_avec_les_organisations_du_contrat(
    fichier: Path, jour: date, db: None
) -> None:
    assert "inventées" in fichier.read_text().splitlines()[0]
    slug = f"demo-{fichier.stem}"
    contrat = ContratFactory(slug=slug, signe=True)
    par = ParticipationFactory(contrat=contrat).utilisateur
    organisations = {cle: ActeurFactory() for cle in CONTRATS[slug]["structures"]}
    with horloge.a(jour):
        charger_gouvernance(contrat, organisations=organisations, par=par)
    reunions = Reunion.objects.du_contrat(contrat)
    assert reunions.tenues().exists()
    assert not reunions.tenues().filter(date__gte=jour).exists()
    for objet in (*reunions, *DecisionReunion.objects.du_contrat(contrat)):
        objet.full_clean()
