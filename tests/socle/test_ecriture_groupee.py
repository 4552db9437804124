"""Écrire en une instruction : les lignes que Django aurait écrites une à une."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DataError

from cls_platform.socle.ecriture_groupee import inserer, mettre_a_jour
from contrats.etats import StatutAction
from contrats.models import Action, Jalon, LigneBudget, LigneDeLot, PassageStatut, Theme
from tests.appuis.requetes import requetes_de
from tests.factories import ActionFactory, JalonFactory, LotFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(db):
    return ActionFactory()


def test_ce_que_l_on_ne_dit_pas_prend_sa_valeur_par_defaut(action):
    inserer(Jalon, colonnes={"action": [action.pk], "libelle": ["Lancer"]})
    (ecrit,) = Jalon.objects.all()
    neuf = Jalon(action=action, libelle="Lancer")
    for champ in ("version", "modifie_via", "echeance", "est_annuel", "ordre", "pilote_nom"):
        assert getattr(ecrit, champ) == getattr(neuf, champ)
    assert ecrit.cree_le is not None


def test_chaque_genre_de_valeur_revient_telle_quelle(action):
    par = UtilisateurFactory()
    inserer(
        LigneBudget,
        colonnes={
            "action_id": [action.pk, action.pk],
            "annee": [2025, 2026],
            "prevu": [Decimal("1200.50"), None],
            "realise": [None, Decimal(0)],
            "libelle": ['L’« été » \\ "brûlant"\n', ""],
        },
        communes={"nature": "autre", "modifie_par": par.pk},
    )
    champs = ("annee", "prevu", "realise", "libelle", "nature_id", "modifie_par_id")
    assert list(LigneBudget.objects.order_by("annee").values_list(*champs)) == [
        (2025, Decimal("1200.50"), None, 'L’« été » \\ "brûlant"\n', "autre", par.pk),
        (2026, None, Decimal(0), "", "autre", par.pk),
    ]


def test_un_document_json_et_un_choix_s_ecrivent(action):
    lot = LotFactory(contrat=action.contrat)
    avant = {"themes": ["prevention"], "statut": None}
    inserer(
        LigneDeLot,
        colonnes={
            "action": [action.pk], "rang": [3], "version": [1], "avant": [avant],
            "apres": [{"statut": StatutAction.EN_PAUSE.value}], "etat": ["A_FAIRE"],
        },
        communes={"lot": lot.pk},
    )  # fmt: skip
    inserer(PassageStatut, colonnes={"action": [action.pk], "vers": [StatutAction.BLOQUEE]})
    ligne = LigneDeLot.objects.get()
    assert (ligne.avant, ligne.apres) == (avant, {"statut": "EN_PAUSE"})
    assert PassageStatut.objects.get().vers == "BLOQUEE"


def test_une_ligne_deja_la_s_ignore_sur_demande(action):
    codes = list(Theme.objects.values_list("pk", flat=True)[:2])
    action.themes.set(codes[:1])
    inserer(
        Action.themes.through,
        colonnes={"action": [action.pk, action.pk], "theme": codes},
        sauf_presentes=True,
    )
    assert {theme.pk for theme in action.themes.all()} == set(codes)


def test_un_texte_trop_long_est_refuse_et_non_coupe(action):
    with pytest.raises(DataError):
        inserer(Jalon, colonnes={"action": [action.pk], "libelle": ["a" * 251]})


def test_le_nombre_d_instructions_est_celui_des_lots(action):
    libelles = [f"Étape {n}" for n in range(5)]
    colonnes = {"action": [action.pk] * 5, "libelle": libelles}
    assert len(requetes_de(lambda: inserer(Jalon, colonnes=colonnes, lot=2))) == 3
    assert not requetes_de(lambda: inserer(Jalon, colonnes={"action": [], "libelle": []}))
    assert sorted(Jalon.objects.values_list("libelle", flat=True)) == libelles


def test_chaque_ligne_prend_sa_valeur_et_compte_une_version(action):
    un, deux, autre = JalonFactory.create_batch(3, action=action)
    mettre_a_jour(
        Jalon,
        [deux.pk, un.pk, uuid4()],
        colonnes={"echeance": [date(2026, 1, 2), None, None], "libelle": ["B", "A", "?"]},
        communes={"modifie_via": "import"},
        compteur="version",
    )
    champs = ("libelle", "echeance", "modifie_via", "version")
    lus = {j.pk: tuple(getattr(j, c) for c in champs) for j in Jalon.objects.all()}
    assert lus[un.pk] == ("A", None, "import", 2)
    assert lus[deux.pk] == ("B", date(2026, 1, 2), "import", 2)
    assert lus[autre.pk] == (autre.libelle, autre.echeance, autre.modifie_via, 1)


def test_un_modele_dont_la_cle_se_donne_s_ecrit(db):
    inserer(Theme, colonnes={"code": ["essai"], "libelle": ["Thème d’essai"]})
    assert Theme.objects.get(pk="essai").libelle == "Thème d’essai"
