"""Publier fige : le PDF, ses données, sa date. Corriger, c’est faire une nouvelle édition."""

import pytest
from django.db import DatabaseError, transaction

from bilans.etats import StatutBilan
from bilans.models import Bilan, CodeSection, GenreDocument
from bilans.services.ouverture import ouvrir_bilan
from bilans.services.publication import (
    PublicationAConfirmer,
    PublicationBloquee,
    publier,
    retirer,
)
from bilans.services.redaction import ecrire_section
from cls_platform.socle.erreurs import (
    DonneesRefusees,
    DroitRefuse,
    ErreurMetier,
    TransitionRefusee,
)
from cls_platform.socle.models import Travail
from tests.factories import BilanFactory
from tests.factories.habitants import AbonnementFactory


@pytest.fixture
def bilan(contrat, coordinatrice) -> Bilan:
    return ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pret(contrat, action) -> Bilan:
    """Un bilan que rien n’empêche de publier : il a une action publique et un PDF."""
    return BilanFactory(contrat=contrat, avec_pdf=True, avec_technique=True)


def test_publier_demande_un_pdf(bilan, coordinatrice):
    with pytest.raises(ErreurMetier, match="Demandez d’abord le PDF"):
        publier(bilan=bilan, sha256="", par=coordinatrice)


def test_on_publie_le_pdf_que_l_on_a_lu(pret, coordinatrice):
    with pytest.raises(ErreurMetier, match="refait depuis"):
        publier(bilan=pret, sha256="0" * 64, par=coordinatrice)
    publie = publier(bilan=pret, sha256=pret.sha256, confirme=True, par=coordinatrice)
    assert (publie.statut, publie.publie_par) == (StatutBilan.PUBLIE, coordinatrice)
    assert publie.publie_le is not None


@pytest.mark.parametrize("personnage", ["agent_ars", "pilote", "partenaire", "lectrice", "voisine"])
def test_seules_la_coordination_et_l_elue_publient(request, pret, personnage):
    with pytest.raises(DroitRefuse):
        publier(bilan=pret, sha256=pret.sha256, par=request.getfixturevalue(personnage))


def test_l_elue_publie(pret, elue):
    publie = publier(bilan=pret, sha256=pret.sha256, confirme=True, par=elue)
    assert publie.statut == StatutBilan.PUBLIE


def test_publier_deux_fois_est_refuse(pret, coordinatrice):
    publier(bilan=pret, sha256=pret.sha256, confirme=True, par=coordinatrice)
    with pytest.raises(TransitionRefusee, match="déjà publié"):
        publier(bilan=pret, sha256=pret.sha256, par=coordinatrice)


def test_un_bilan_publie_ne_s_ecrit_plus(bilan, coordinatrice):
    Bilan.objects.filter(pk=bilan.pk).update(
        statut="PUBLIE", instantane={}, publie_le="2026-02-20T15:00Z", sha256="a", chemin="b"
    )
    with pytest.raises(ErreurMetier, match="ouvrez une correction"):
        ecrire_section(
            section=bilan.sections.get(code=CodeSection.EDITO),
            texte="X",
            version=1,
            par=coordinatrice,
        )


def test_la_base_refuse_de_changer_ou_d_effacer_un_bilan_publie(contrat):
    publie = BilanFactory(contrat=contrat, publie=True, avec_technique=True)
    ligne = Bilan.objects.filter(pk=publie.pk)
    for valeurs in (
        {"instantane": {}},
        {"technique": {}},
        {"sha256": "b" * 64},
        {"chemin": "ailleurs.pdf"},
        {"publie_le": None},
    ):
        with pytest.raises(DatabaseError, match="[Cc]annot update"), transaction.atomic():
            ligne.update(**valeurs)
    with pytest.raises(DatabaseError, match="[Cc]annot delete"), transaction.atomic():
        ligne._raw_delete(ligne.db)


def test_une_correction_est_une_nouvelle_edition_qui_reprend_les_textes(contrat, coordinatrice):
    premiere = BilanFactory(contrat=contrat, publie=True)
    premiere.sections.create(code=CodeSection.EDITO, texte="Mot d’hier", signature="Élise")
    correction = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert (correction.edition, correction.sections.get(code=CodeSection.EDITO).texte) == (
        2,
        "Mot d’hier",
    )
    assert not correction.a_un_pdf
    premiere.refresh_from_db()
    assert premiere.statut == StatutBilan.PUBLIE, "l’ancienne reste en ligne pendant la correction"


def test_publier_la_correction_archive_l_edition_precedente(contrat, action, coordinatrice):
    premiere = BilanFactory(contrat=contrat, publie=True)
    avant = (premiere.sha256, premiere.chemin, premiere.instantane)
    seconde = BilanFactory(contrat=contrat, avec_pdf=True, edition=2)
    demande = {"bilan": seconde, "sha256": seconde.sha256, "confirme": True, "par": coordinatrice}
    with pytest.raises(DonneesRefusees, match="Dites ce que cette édition corrige"):
        publier(**demande)
    publiee = publier(**demande, note=" Un chiffre était faux. ")
    assert publiee.note_correction == "Un chiffre était faux."
    premiere.refresh_from_db()
    assert premiere.statut == StatutBilan.ARCHIVE
    assert (premiere.sha256, premiere.chemin, premiere.instantane) == avant
    assert [b.edition for b in contrat.bilans.publies()] == [2]


def test_un_bilan_retire_quitte_le_site_et_reste_garde(contrat, coordinatrice, anonyme):
    publie = BilanFactory(contrat=contrat, publie=True)
    assert publie in Bilan.objects.visibles_par(anonyme)
    retire = retirer(bilan=publie, motif="Un chiffre est faux.", par=coordinatrice)
    assert (retire.statut, retire.motif_retrait) == (StatutBilan.ARCHIVE, "Un chiffre est faux.")
    assert retire.retire_le is not None
    assert not Bilan.objects.visibles_par(anonyme).exists()
    with pytest.raises(TransitionRefusee):
        retirer(bilan=publie, motif="Encore.", par=coordinatrice)


def test_retirer_emporte_les_editions_qu_il_remplacait(contrat, coordinatrice):
    """Le bilan retiré ne laisse pas en ligne l’édition qu’il corrigeait ; un autre an n’y perd rien."""
    ancienne = BilanFactory(contrat=contrat, publie=True, statut="ARCHIVE")
    autre = BilanFactory(contrat=contrat, annee=2024, publie=True)
    publie = BilanFactory(contrat=contrat, edition=2, publie=True)
    retirer(bilan=publie, motif="Un chiffre est faux.", par=coordinatrice)
    ancienne.refresh_from_db()
    autre.refresh_from_db()
    assert (ancienne.motif_retrait, ancienne.retire_le is None) == ("Un chiffre est faux.", False)
    assert (autre.statut, autre.retire_le) == (StatutBilan.PUBLIE, None)


def test_un_retrait_dit_pourquoi(contrat, coordinatrice):
    publie = BilanFactory(contrat=contrat, publie=True)
    with pytest.raises(DonneesRefusees, match="Dites pourquoi"):
        retirer(bilan=publie, motif="  ", par=coordinatrice)
    publie.refresh_from_db()
    assert publie.statut == StatutBilan.PUBLIE


def test_un_controle_bloquant_empeche_de_publier_et_se_nomme(contrat, action, coordinatrice):
    action.resume_public = "Le ZQX ouvre en mai."
    action.save()
    bilan = BilanFactory(contrat=contrat, avec_pdf=True)
    with pytest.raises(PublicationBloquee, match="ZQX"):
        publier(bilan=bilan, sha256=bilan.sha256, confirme=True, par=coordinatrice)


def test_un_avertissement_se_confirme(pret, coordinatrice):
    with pytest.raises(PublicationAConfirmer, match="confirmez"):
        publier(bilan=pret, sha256=pret.sha256, par=coordinatrice)
    pret.refresh_from_db()
    assert pret.statut == StatutBilan.BROUILLON


def test_publier_demande_tous_les_documents_une_seule_fois(pret, coordinatrice):
    publier(bilan=pret, sha256=pret.sha256, confirme=True, par=coordinatrice)
    assert {d.genre for d in pret.documents.all()} == set(GenreDocument)
    assert all(not d.previent and d.est_en_cours for d in pret.documents.select_related("travail"))


def test_publier_annonce_aux_abonnes(pret, coordinatrice):
    AbonnementFactory(contrat=pret.contrat)
    publier(bilan=pret, sha256=pret.sha256, confirme=True, par=coordinatrice)
    cible = pret.annonce_parution.pk
    assert Travail.objects.filter(genre="annonce_bilan", cible_id=cible).count() == 1


def test_un_brouillon_et_le_bilan_d_un_contrat_ferme_ne_sont_pas_publics(
    contrat, autre_contrat, anonyme, voisine, coordinatrice
):
    brouillon = BilanFactory(contrat=contrat)
    BilanFactory(contrat=autre_contrat, publie=True)
    assert not Bilan.objects.visibles_par(anonyme).exists()
    assert not Bilan.objects.visibles_par(voisine).filter(contrat=contrat).exists()
    assert list(Bilan.objects.visibles_par(coordinatrice)) == [brouillon]
