"""Avant de publier : ce qui bloque, ce qui se dit, et où le réparer."""

from datetime import date

import pytest

from bilans.controles import Controle, Gravite, ce_qui_bloque, controles
from bilans.models import Bilan, CodeSection, EtatCommentaire, SectionBilan
from tests.factories import (
    ActionFactory,
    AvisBilanFactory,
    BilanFactory,
    CommentaireBilanFactory,
    SectionBilanFactory,
    TravailFactory,
    ValidationBilanFactory,
    VisaBilanFactory,
)
from tests.factories.preparation import AnnonceBilanFactory, ImageBilanFactory

LE = date(2026, 3, 12)
SIMPLE = "Nous avons ouvert une salle. Elle est près de la gare. On y vient sans rendez-vous."


@pytest.fixture
def bilan(contrat) -> Bilan:
    """Rien ne bloque : un PDF, un texte simple, une action publique."""
    contrat.courriel_contact = "cls@exemple.fr"
    contrat.save()
    ActionFactory(contrat=contrat, est_publique=True)
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")
    SectionBilanFactory(bilan=bilan, texte=SIMPLE, signature="")
    Bilan.objects.filter(pk=bilan.pk).update(instantane_le="2026-03-13T09:00Z")
    bilan.refresh_from_db()
    return bilan


def dit(bilan: Bilan, morceau: str) -> Controle | None:
    trouves = [c for c in controles(bilan, le=LE) if morceau in c.quoi.replace("\u00a0", " ")]
    assert len(trouves) < 2
    return trouves[0] if trouves else None


def ecrire(bilan: Bilan, texte: str, code: str = CodeSection.EDITO) -> None:
    SectionBilan.objects.update_or_create(bilan=bilan, code=code, defaults={"texte": texte})


def test_rien_ne_bloque_un_bilan_simple_et_complet(bilan):
    assert ce_qui_bloque(bilan) == []


def test_un_bilan_publie_n_a_plus_rien_a_verifier(contrat):
    assert controles(BilanFactory(contrat=contrat, publie=True)) == []


def test_ce_qui_bloque_vient_d_abord(bilan):
    Bilan.objects.filter(pk=bilan.pk).update(chemin="", sha256="")
    bilan.refresh_from_db()
    gravites = [c.gravite for c in controles(bilan, le=LE)]
    assert gravites[0] == Gravite.BLOQUANT
    assert gravites == sorted(gravites, key=lambda g: g != Gravite.BLOQUANT)


def test_sans_pdf_on_ne_publie_pas(bilan):
    Bilan.objects.filter(pk=bilan.pk).update(chemin="", sha256="")
    bilan.refresh_from_db()
    assert dit(bilan, "n’a pas été demandé").bloque


def test_un_pdf_qui_se_refait_bloque(bilan):
    bilan.travail = TravailFactory()
    assert dit(bilan, "en train d’être refait").bloque


def test_un_pdf_perime_se_dit_sans_bloquer(bilan):
    """Ce qu’on a relu et validé se publie, même si une valeur est arrivée depuis."""
    Bilan.objects.filter(pk=bilan.pk).update(instantane_le="2026-03-01T09:00Z")
    bilan.refresh_from_db()
    assert not dit(bilan, "ont changé depuis le PDF").bloque


def test_un_bilan_vide_bloque(contrat):
    vide = BilanFactory(contrat=contrat, avec_pdf=True)
    assert dit(vide, "Le bilan est vide").bloque


def test_un_sigle_inconnu_bloque_et_mene_a_sa_section(bilan):
    ecrire(bilan, f"{SIMPLE} Le ZQXW a aidé.")
    controle = dit(bilan, "ZQXW")
    assert controle.bloque
    assert controle.ancre == "section:EDITO"
    assert controle.adresse == f"/espace/bilans/{bilan.pk}/langage/sigles/ZQXW/"


def test_un_texte_difficile_se_dit(bilan):
    ecrire(
        bilan,
        "La territorialisation des politiques intersectorielles de promotion de la santé "
        "environnementale nécessite préalablement une contractualisation pluriannuelle "
        "interinstitutionnelle particulièrement structurante.",
    )
    controle = dit(bilan, "se lit difficilement")
    assert not controle.bloque
    assert controle.ou == "Le mot de l’élu ou de l’élue"


def test_une_photo_decrite_par_un_nom_de_fichier_bloque(bilan):
    photo = ImageBilanFactory(contrat=bilan.contrat, alternative="IMG_2041.JPG")
    bilan.sections.filter(code=CodeSection.EDITO).update(photo=photo)
    assert dit(bilan, "n’est pas décrite").bloque


def test_une_partie_gardee_mais_vide_se_dit(bilan):
    ecrire(bilan, "", CodeSection.PERSPECTIVES)
    trouves = [c for c in controles(bilan, le=LE) if c.ancre == "section:PERSPECTIVES"]
    assert [c.bloque for c in trouves] == [False]


def test_un_point_a_decider_sans_date_ni_enjeu_se_dit_sans_bloquer(bilan):
    ecrire(bilan, "- Ouvrir un lieu", CodeSection.A_DECIDER)
    trouve = dit(bilan, "« Ouvrir un lieu » ne dit pas pour quand ni l’enjeu.")
    assert trouve
    assert not trouve.bloque
    assert trouve.adresse.endswith("/ecrire/A_DECIDER/")
    ecrire(bilan, "- Ouvrir un lieu\nPour quand : juin 2026\nEnjeu : il manque.", "A_DECIDER")
    assert not dit(bilan, "ne dit pas")


def test_trop_de_points_a_decider_se_disent(bilan):
    point = "- Ouvrir un lieu\nPour quand : juin 2026\nEnjeu : il manque.\n"
    ecrire(bilan, point * 6, CodeSection.A_DECIDER)
    assert dit(bilan, "6 points à décider : les deux pages pour les élus montrent les 5 premiers.")


def test_un_sigle_inconnu_d_un_point_a_decider_bloque(bilan):
    ecrire(bilan, "- Financer le ZQX\nPour quand : juin 2026\nEnjeu : rien.", "A_DECIDER")
    trouve = dit(bilan, "« ZQX »")
    assert trouve
    assert trouve.bloque
    assert trouve.ancre == "section:A_DECIDER"


def test_rien_a_decider_n_est_pas_une_partie_vide(bilan):
    SectionBilanFactory(bilan=bilan, code=CodeSection.A_DECIDER, texte="")
    assert not [c for c in controles(bilan, le=LE) if "A_DECIDER" in c.ancre]


def test_des_points_a_decider_ne_font_pas_un_bilan(contrat):
    vide = BilanFactory(contrat=contrat)
    ecrire(vide, "- Ouvrir un lieu", CodeSection.A_DECIDER)
    assert dit(vide, "Le bilan est vide")


def test_une_annonce_sans_suite_bloque(bilan):
    AnnonceBilanFactory(bilan=bilan)
    AnnonceBilanFactory(bilan=bilan, devenir="TENU")
    controle = dit(bilan, "annonce")
    assert "1\u00a0annonce " in controle.quoi
    assert controle.bloque


def test_les_commentaires_sans_reponse_et_les_fils_pas_clos_se_disent(bilan):
    CommentaireBilanFactory.create_batch(2, bilan=bilan)
    CommentaireBilanFactory(bilan=bilan, etat=EtatCommentaire.REPONDU)
    CommentaireBilanFactory(bilan=bilan, clos=True)
    assert dit(bilan, "2 commentaires attendent une réponse")
    assert dit(bilan, "1 fil répondu n’est pas clos")


def test_un_avis_attendu_et_un_avis_en_retard_se_disent(bilan):
    AvisBilanFactory(bilan=bilan)
    AvisBilanFactory(bilan=bilan, en_retard=True)
    AvisBilanFactory(bilan=bilan, rendu=True)
    assert dit(bilan, "est attendu le 31 mars 2026.")
    assert dit(bilan, "était attendu le 2 mars 2026 et n’est pas arrivé")


def test_publier_sans_relecture_ni_validation_reste_permis_mais_dit(bilan):
    Bilan.objects.filter(pk=bilan.pk).update(statut="BROUILLON")
    bilan.refresh_from_db()
    assert dit(bilan, "pas été mis en relecture")
    assert dit(bilan, "n’a pas validé ce bilan")
    assert ce_qui_bloque(bilan) == []


def test_une_validation_et_un_visa_sur_un_autre_pdf_se_disent(bilan):
    Bilan.objects.filter(pk=bilan.pk).update(statut="VALIDE")
    bilan.refresh_from_db()
    ValidationBilanFactory(bilan=bilan, sha256="f" * 64)
    VisaBilanFactory(bilan=bilan, sha256="f" * 64)
    assert dit(bilan, "depuis la validation")
    assert dit(bilan, "refait depuis ce visa")
    assert dit(bilan, "Le visa manque : Porteur")


def test_chaque_controle_dit_ou_et_comment_reparer(bilan):
    ecrire(bilan, f"{SIMPLE} Le ZQXW.")
    AvisBilanFactory(bilan=bilan)
    for controle in controles(bilan, le=LE):
        assert controle.ou
        assert controle.remede
        assert controle.adresse.startswith("/espace/")


def test_les_controles_lisent_un_nombre_de_requetes_constant(bilan, nombre_requetes):
    controles(bilan, le=LE)
    avant = nombre_requetes(lambda: controles(bilan, le=LE))
    CommentaireBilanFactory.create_batch(5, bilan=bilan)
    AvisBilanFactory.create_batch(5, bilan=bilan)
    ActionFactory.create_batch(5, contrat=bilan.contrat, est_publique=True)
    assert nombre_requetes(lambda: controles(bilan, le=LE)) == avant
