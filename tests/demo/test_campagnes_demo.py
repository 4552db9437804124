"""La campagne de la démonstration : inventée, nommée comme telle, des contrats à chaque étape."""

from collections import Counter

import pytest

from acteurs.models import Utilisateur
from bilans.campagne.lecture import contrats_de, lire_lignes
from bilans.campagne.ligne import Etape
from bilans.models import AvisBilan, Bilan, Campagne
from cls_platform.demo.chargement.campagnes import charger_campagnes
from cls_platform.demo.chargement.lecture import DOSSIER, lire_campagnes, lire_regions
from tests.appuis.horloge import AUJOURDHUI
from tests.factories import (
    AffectationArsFactory,
    ContratFactory,
    ParticipationFactory,
    PartieFactory,
    UtilisateurFactory,
)

DONNEES = lire_campagnes()


@pytest.fixture
def agence(db: None) -> Utilisateur:
    agent = UtilisateurFactory(email="ars@demo.example")
    AffectationArsFactory(utilisateur=agent, region="53")
    return agent


@pytest.fixture
def contrats(agence: Utilisateur) -> None:
    for bilan in DONNEES["bilans"]:
        contrat = ContratFactory(slug=bilan["contrat"], signe=True)
        PartieFactory(contrat=contrat, porteur=True)
        ParticipationFactory(contrat=contrat, role="COORDINATEUR")


def test_chaque_texte_dit_que_c_est_une_demonstration() -> None:
    messages = [campagne["message"] for campagne in DONNEES["campagnes"]]
    textes = [section["texte"] for bilan in DONNEES["bilans"] for section in bilan["sections"]]
    assert all("Démonstration. " in texte for texte in [*messages, *textes])


def test_chaque_contrat_est_de_la_demonstration_et_de_la_region() -> None:
    connus = {contrat["slug"] for contrat in lire_regions()["contrats"]}
    assert {bilan["contrat"] for bilan in DONNEES["bilans"]} <= connus


def test_toutes_les_etapes_se_voient_et_relancer_ne_change_rien(
    agence: Utilisateur, contrats: None, settings, tmp_path, mailoutbox
) -> None:
    settings.MEDIA_ROOT = tmp_path
    ContratFactory(signe=True)
    for _ in range(2):
        charger_campagnes(DOSSIER, par=agence)
        campagne = Campagne.objects.get()
        lignes = lire_lignes(campagne, contrats_de(campagne), AUJOURDHUI)
        assert Counter(ligne.etape for ligne in lignes) == {
            Etape.PAS_COMMENCE: 1,
            Etape.BROUILLON: 1,
            Etape.RELECTURE: 1,
            Etape.VALIDE: 1,
            Etape.PUBLIE: 1,
        }
    assert Bilan.objects.count() == len(DONNEES["bilans"])
    assert AvisBilan.objects.attendus().count() == 2
    assert mailoutbox == []
