"""La démonstration a une réponse de partenaire à relire, donnée pour inventée."""

from pathlib import Path

import pytest

from cls_platform.demo.chargement.contributions import charger_contributions
from cls_platform.demo.chargement.lecture import DOSSIER, lire_contrats, lire_contributions
from cls_platform.demo.chargement.plans import fiches_de
from contrats.models import Contribution, LienContribution
from tests.factories import ActeurFactory, ActionFactory, IndicateurFactory, JalonFactory

FICHIERS = sorted((DOSSIER / "contributions").glob("*.yaml"))
CONTRATS = {contrat["slug"]: contrat for contrat in lire_contrats()}


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.stem)
def test_chaque_fiche_est_tenue_par_l_organisation_et_se_dit_inventee(fichier: Path) -> None:
    assert "tous inventés" in fichier.read_text().splitlines()[0]
    contrat = CONTRATS[f"demo-{fichier.stem}"]
    donnees = lire_contributions(contrat["slug"])
    pilotes = {fiche["numero"]: fiche["pilote"] for fiche in fiches_de(contrat)}
    assert {pilotes[numero] for numero in donnees["fiches"]} == {donnees["acteur"]}
    assert {r["fiche"] for r in donnees["reponses"]} <= set(donnees["fiches"])


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda f: f.stem)
def test_un_lien_vaut_encore_et_une_reponse_attend(fichier, contrat, coordinatrice) -> None:
    donnees, acteur = lire_contributions(f"demo-{fichier.stem}"), ActeurFactory()
    actions = {
        n: ActionFactory(contrat=contrat, numero=n, pilote=acteur) for n in donnees["fiches"]
    }
    for action in actions.values():
        JalonFactory(action=action)
        IndicateurFactory(contrat=contrat, axe=None, actions=[action])
    charger_contributions(
        donnees,
        contrat=contrat,
        actions=actions,
        organisations={donnees["acteur"]: acteur},
        par=coordinatrice,
    )
    assert LienContribution.objects.get().est_valable
    recue = Contribution.objects.envoyees().get()
    assert {e.genre for e in recue.elements.all()} == {"NOTE", "ETAPE", "MESURE"}


def test_un_contrat_sans_fichier_n_a_pas_de_contribution() -> None:
    assert lire_contributions("demo-lacs-et-plateaux") == {}
