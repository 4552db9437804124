"""Ce qui était annoncé ne disparaît pas sans un mot : on dit ce que c’est devenu."""

import pytest

from bilans.models import AnnonceBilan, Bilan, Devenir
from bilans.services.annonces import (
    ajouter_annonce,
    annonces_sans_devenir,
    corriger_annonce,
    dire_le_devenir,
    retirer_annonce,
    tirer_les_annonces,
)
from cls_platform.socle.erreurs import (
    ConflitVersion,
    DonneesRefusees,
    DroitRefuse,
    ErreurMetier,
)
from cls_platform.socle.historique import historique
from tests.bilans.services.test_ouverture import publie_en
from tests.factories import BilanFactory
from tests.factories.preparation import AnnonceBilanFactory

SANS_ECRIRE = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]
TENU = {"devenir": "TENU", "explication": ""}
AUTRE = {"texte": "Un bus, le mardi"}


@pytest.fixture
def bilan(contrat) -> Bilan:
    return BilanFactory(contrat=contrat, annee=2025)


@pytest.fixture
def annonce(bilan) -> AnnonceBilan:
    return AnnonceBilanFactory(bilan=bilan)


def test_dire_ce_qu_une_annonce_est_devenue_compte_une_version(annonce, coordinatrice):
    dite = dire_le_devenir(annonce=annonce, valeurs=TENU, version=1, par=coordinatrice)
    assert (dite.devenir, dite.version) == ("TENU", 2)


@pytest.mark.parametrize("devenir", ["EN_PARTIE", "REPORTE", "ABANDONNE"])
def test_ce_qui_n_est_pas_fait_s_explique(annonce, coordinatrice, devenir):
    with pytest.raises(DonneesRefusees, match="en une phrase"):
        dire_le_devenir(
            annonce=annonce, valeurs={"devenir": devenir, "explication": " "}, version=1,
            par=coordinatrice,
        )  # fmt: skip
    dite = dire_le_devenir(
        annonce=annonce, valeurs={"devenir": devenir, "explication": "Le poste est vacant."},
        version=1, par=coordinatrice,
    )  # fmt: skip
    assert dite.devenir == devenir


def test_les_annonces_muettes_sont_celles_que_la_publication_attend(bilan, annonce):
    AnnonceBilanFactory(bilan=bilan, devenir=Devenir.TENU)
    assert annonces_sans_devenir(bilan) == [annonce]


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_dit_le_devenir(request, bilan, annonce, personnage):
    par = request.getfixturevalue(personnage)
    for geste in (
        lambda: dire_le_devenir(annonce=annonce, valeurs=TENU, version=1, par=par),
        lambda: ajouter_annonce(bilan=bilan, valeurs={"texte": "X", **TENU}, par=par),
        lambda: corriger_annonce(annonce=annonce, valeurs=AUTRE, version=1, par=par),
        lambda: retirer_annonce(annonce=annonce, version=1, par=par),
        lambda: tirer_les_annonces(bilan=bilan, par=par),
    ):
        with pytest.raises(DroitRefuse):
            geste()


def test_deux_personnes_sur_une_annonce_se_voient(annonce, coordinatrice, administratrice):
    dire_le_devenir(annonce=annonce, valeurs=TENU, version=1, par=administratrice)
    with pytest.raises(ConflitVersion):
        dire_le_devenir(annonce=annonce, valeurs=TENU, version=1, par=coordinatrice)


def test_un_bilan_publie_ne_change_plus_ce_qu_il_dit_des_annonces(contrat, coordinatrice):
    publie = BilanFactory(contrat=contrat, annee=2024, publie=True)
    annonce = AnnonceBilanFactory(bilan=publie)
    for geste in (
        lambda: dire_le_devenir(annonce=annonce, valeurs=TENU, version=1, par=coordinatrice),
        lambda: corriger_annonce(annonce=annonce, valeurs=AUTRE, version=1, par=coordinatrice),
        lambda: retirer_annonce(annonce=annonce, version=1, par=coordinatrice),
    ):
        with pytest.raises(ErreurMetier, match="publié"):
            geste()


def test_une_annonce_se_corrige_sans_perdre_sa_place_ni_son_devenir(bilan, coordinatrice):
    annonce = AnnonceBilanFactory(bilan=bilan, ordre=3, devenir=Devenir.TENU, explication="En mai.")
    corrigee = corriger_annonce(
        annonce=annonce, valeurs={"texte": "  Un bus, le mardi "}, version=1, par=coordinatrice
    )
    assert (corrigee.pk, corrigee.ordre, corrigee.version) == (annonce.pk, 3, 2)
    assert (corrigee.texte, corrigee.devenir, corrigee.explication) == (
        "Un bus, le mardi", "TENU", "En mai.",
    )  # fmt: skip


def test_l_historique_garde_le_texte_d_avant_et_qui_l_a_change(annonce, coordinatrice):
    avant = annonce.texte
    corriger_annonce(annonce=annonce, valeurs=AUTRE, version=1, par=coordinatrice)
    geste = historique(annonce)[0]
    assert geste.qui == str(coordinatrice)
    assert [(c.champ, c.avant, c.apres) for c in geste.changements] == [
        ("texte", avant, AUTRE["texte"])
    ]


def test_une_annonce_ne_se_vide_pas(annonce, coordinatrice):
    with pytest.raises(DonneesRefusees):
        corriger_annonce(annonce=annonce, valeurs={"texte": "  "}, version=1, par=coordinatrice)
    annonce.refresh_from_db()
    assert annonce.texte


def test_deux_corrections_de_la_meme_annonce_se_voient(annonce, coordinatrice, administratrice):
    corriger_annonce(annonce=annonce, valeurs=AUTRE, version=1, par=administratrice)
    with pytest.raises(ConflitVersion):
        corriger_annonce(annonce=annonce, valeurs={"texte": "X"}, version=1, par=coordinatrice)


def test_une_annonce_s_ajoute_a_la_suite(bilan, annonce, coordinatrice):
    ajoutee = ajouter_annonce(bilan=bilan, valeurs={"texte": "X", **TENU}, par=coordinatrice)
    assert ajoutee.ordre == annonce.ordre + 1


def test_une_annonce_retiree_ne_l_est_pas_en_silence(annonce, coordinatrice):
    retirer_annonce(annonce=annonce, version=1, par=coordinatrice)
    copies = AnnonceBilan.pgh_event_model.objects.filter(pgh_obj_id=annonce.pk)
    assert copies.filter(pgh_label="delete", modifie_par=coordinatrice).exists()


def test_les_annonces_d_un_bilan_publie_apres_l_ouverture_se_tirent(contrat, bilan, coordinatrice):
    with pytest.raises(ErreurMetier, match="n’annonçait"):
        tirer_les_annonces(bilan=bilan, par=coordinatrice)
    publie_en(contrat, 2024, "- Un bus")
    (tiree,) = tirer_les_annonces(bilan=bilan, par=coordinatrice)
    assert tiree.texte == "Un bus"
    with pytest.raises(ErreurMetier, match="déjà"):
        tirer_les_annonces(bilan=bilan, par=coordinatrice)
