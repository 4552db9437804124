"""Les montants de la démonstration : rattachés, permis par les règles, et donnés pour inventés."""

from pathlib import Path
from typing import Any

import pytest

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.argent import charger_argent
from cls_platform.demo.chargement.lecture import DOSSIER, lire_argent, lire_contrats
from cls_platform.demo.chargement.plans import fiches_de
from contrats.models import Financement, LigneBudget
from tests.factories import ActeurFactory, ActionFactory, ContratFactory, UtilisateurFactory

FICHIERS = sorted((DOSSIER / "argent").glob("*.yaml"))
CONTRATS = {contrat["slug"]: contrat for contrat in lire_contrats()}


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.stem)
def test_chaque_montant_est_celui_d_une_fiche_et_se_dit_invente(fichier: Path) -> None:
    assert "tous inventés" in fichier.read_text().splitlines()[0]
    contrat = CONTRATS[f"demo-{fichier.stem}"]
    connues = {fiche["numero"] for fiche in fiches_de(contrat)}
    for fiche in lire_argent(contrat["slug"]):
        assert fiche["fiche"] in connues
        for financement in fiche.get("financements", ()):
            assert financement.get("acteur", "ars") in contrat["structures"]


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.stem)
def test_les_montants_se_chargent_et_tiennent_les_regles(fichier: Path, db: None) -> None:
    contrat, par = ContratFactory(), UtilisateurFactory()
    fiches = lire_argent(f"demo-{fichier.stem}")
    nombre = _charger(fiches, contrat, par)
    lignes, financements = LigneBudget.objects.all(), Financement.objects.all()
    assert nombre == lignes.count() + financements.count() > 40
    for objet in (*lignes, *financements):
        objet.full_clean()
    assert contrat.actions.en_ecart().exists(), "la démonstration montre des écarts"
    assert contrat.actions.avec_budget().sans_ecart().exists()


def _charger(fiches: list[dict[str, Any]], contrat: Any, par: Utilisateur) -> int:
    cles = {f.get("acteur", "") for fiche in fiches for f in fiche.get("financements", ())} - {""}
    return charger_argent(
        fiches,
        actions={f["fiche"]: ActionFactory(contrat=contrat, numero=f["fiche"]) for f in fiches},
        organisations={cle: ActeurFactory() for cle in cles},
        par=par,
    )


def test_un_contrat_sans_fichier_n_a_pas_de_montant() -> None:
    assert lire_argent("demo-lacs-et-plateaux") == []
