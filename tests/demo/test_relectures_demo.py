"""Le bilan en relecture de la démonstration : des fils à chaque état, des avis, rien de réel."""

import pytest

from acteurs.models import Acteur
from bilans.etats import StatutBilan
from bilans.models import AvisBilan, Bilan, CommentaireBilan, EtatCommentaire
from cls_platform.demo.chargement.lecture import (
    DOSSIER,
    lire_comptes,
    lire_contrats,
    lire_relectures,
)
from cls_platform.demo.chargement.relectures import charger_relectures
from tests.factories import ActeurFactory, ContratFactory, ParticipationFactory, UtilisateurFactory

DONNEES = lire_relectures()


@pytest.fixture
def bilan(db: None) -> Bilan:
    for compte in lire_comptes()["comptes"]:
        UtilisateurFactory(email=compte["courriel"])
    for relecture in DONNEES:
        contrat = ContratFactory(slug=relecture["contrat"], signe=True)
        par = ParticipationFactory(contrat=contrat, role="COORDINATEUR").utilisateur
        for avis in relecture["avis"]:
            if "nom" in avis["acteur"]:
                ActeurFactory(nom=avis["acteur"]["nom"], est_demonstration=True)
    charger_relectures(DOSSIER, par=par)
    charger_relectures(DOSSIER, par=par)
    return Bilan.objects.get()


def test_les_organisations_citees_sont_du_contrat() -> None:
    contrats = {contrat["slug"]: contrat for contrat in lire_contrats()}
    for relecture in DONNEES:
        structures = contrats[relecture["contrat"]]["structures"].values()
        connues = {s["nom"] for s in structures if "nom" in s} | {"53"}
        citees = {a["acteur"].get("nom", "53") for a in relecture["avis"]}
        assert citees <= connues


def test_un_avis_rendu_est_celui_d_une_organisation_inventee() -> None:
    rendus = [a for r in DONNEES for a in r["avis"] if "rendu" in a]
    assert rendus
    assert all("(démo)" in a["acteur"]["nom"] for a in rendus)
    assert all("démonstration" in a["rendu"]["nom"] for a in rendus)


def test_le_bilan_est_en_relecture_avec_son_pdf_ses_fils_et_ses_avis(bilan: Bilan) -> None:
    assert bilan.statut == StatutBilan.RELECTURE
    assert bilan.a_un_pdf
    etats = set(CommentaireBilan.objects.filter(parent=None).values_list("etat", flat=True))
    assert etats == set(EtatCommentaire.values)
    assert AvisBilan.objects.attendus().exists()
    assert AvisBilan.objects.exclude(rendu_le=None).count() == 2
    for objet in (*CommentaireBilan.objects.all(), *AvisBilan.objects.all()):
        objet.full_clean()
    assert Acteur.objects.filter(est_demonstration=True).exists()
