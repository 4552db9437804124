"""La démonstration montre des réactions lues, répondues, et une qui attend."""

from pathlib import Path

import pytest
import yaml

from cls_platform.demo.chargement.habitants import charger_habitants
from contrats.models import Contrat
from tests.factories import ActionFactory, BilanFactory, UtilisateurFactory

DOSSIER = Path("cls_platform/demo/donnees")


@pytest.fixture
def contrat_de_demo(db: None) -> Contrat:
    return BilanFactory(publie=True, contrat__slug="demo-golfe-et-iles").contrat


def test_les_reactions_se_chargent_par_les_services(contrat_de_demo: Contrat) -> None:
    action = ActionFactory(contrat=contrat_de_demo, numero="1.1.2.1")
    par = UtilisateurFactory(administrateur=True)
    charger_habitants(contrat_de_demo, actions={"1.1.2.1": action}, par=par)
    etats = sorted(contrat_de_demo.reactions.values_list("etat", flat=True))
    assert etats == ["ATTENTE", "PUBLIEE", "PUBLIEE", "PUBLIEE"]
    assert contrat_de_demo.reactions.filter(action=action).count() == 2
    assert contrat_de_demo.reactions.exclude(bilan=None).count() == 2
    assert contrat_de_demo.reactions.exclude(repondu_le=None).count() == 2


def test_aucune_reaction_de_demonstration_ne_porte_d_adresse() -> None:
    for fichier in (DOSSIER / "habitants").glob("*.yaml"):
        for reaction in yaml.safe_load(fichier.read_text(encoding="utf-8"))["reactions"]:
            assert "courriel" not in reaction
            assert "@" not in reaction["texte"]
