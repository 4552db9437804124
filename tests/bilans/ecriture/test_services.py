"""Qui écrit un volet, range les parties, choisit les actions ; ce qui est refusé, et pourquoi."""

import pytest

from bilans.models import CodeSection
from bilans.services.redaction import ecrire_section
from bilans.services.sommaire import (
    deplacer_section,
    deplacer_volet,
    montrer_section,
    montrer_volet,
    volets_du_bilan,
)
from bilans.services.volets import (
    actions_racontees,
    choisir_actions,
    deplacer_action,
    ecrire_volet,
    volet_lu,
)
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ErreurMetier
from tests.factories import ActionFactory, AxeFactory, BilanFactory, ImageBilanFactory

SANS_ECRIRE = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]
VIDE = {"texte": "", "citation": "", "citation_auteur": "", "utile": "", "photo": None}


def gestes(bilan, axe, par):
    section = bilan.sections.get(code=CodeSection.ZOOM)
    volet = volet_lu(bilan, axe)
    return [
        lambda: ecrire_volet(bilan=bilan, axe=axe, valeurs=VIDE, recits={}, version=1, par=par),
        lambda: choisir_actions(bilan=bilan, axe=axe, actions=[], version=1, par=par),
        lambda: deplacer_section(section=section, vers="monter", par=par),
        lambda: montrer_section(section=section, est_presente=False, par=par),
        lambda: deplacer_volet(bilan=bilan, volet=volet, vers="monter", par=par),
        lambda: montrer_volet(bilan=bilan, volet=volet, est_present=True, par=par),
    ]


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_ecrit_et_range(request, bilan, axe, personnage):
    for geste in gestes(bilan, axe, request.getfixturevalue(personnage)):
        with pytest.raises(DroitRefuse):
            geste()


def test_un_bilan_publie_ne_se_range_plus(contrat, axe, coordinatrice, bilan):
    publie = BilanFactory(contrat=contrat, annee=2024, publie=True)
    with pytest.raises(ErreurMetier, match="ouvrez une correction"):
        choisir_actions(bilan=publie, axe=axe, actions=[], version=1, par=coordinatrice)
    assert bilan.est_modifiable


def test_un_volet_d_un_axe_ajoute_depuis_s_ecrit_quand_meme(bilan, contrat, coordinatrice):
    neuf = AxeFactory(contrat=contrat)
    assert volet_lu(bilan, neuf).est_neuf
    valeurs = VIDE | {"texte": "Fait."}
    volet = ecrire_volet(
        bilan=bilan, axe=neuf, valeurs=valeurs, recits={}, version=1, par=coordinatrice
    )
    assert (volet.texte, volet.axe) == ("Fait.", neuf)


def test_un_volet_d_un_autre_contrat_est_refuse(bilan, autre_action, coordinatrice):
    with pytest.raises(DonneesRefusees):
        ecrire_volet(
            bilan=bilan, axe=autre_action.axe, valeurs=VIDE, recits={}, version=1,
            par=coordinatrice,
        )  # fmt: skip


def test_une_photo_d_un_autre_contrat_est_refusee(bilan, axe, autre_contrat, coordinatrice):
    photo = ImageBilanFactory(contrat=autre_contrat)
    section = bilan.sections.get(code="ZOOM")
    with pytest.raises(DonneesRefusees, match="pas dans ce contrat"):
        ecrire_section(section=section, texte="", photo=photo, version=1, par=coordinatrice)
    with pytest.raises(DonneesRefusees, match="pas dans ce contrat"):
        ecrire_volet(
            bilan=bilan, axe=axe, valeurs=VIDE | {"photo": photo}, recits={}, version=1,
            par=coordinatrice,
        )  # fmt: skip


def test_un_recit_seul_compte_une_version(bilan, axe, actions, coordinatrice):
    choisir_actions(bilan=bilan, axe=axe, actions=actions[:2], version=1, par=coordinatrice)
    premiere, seconde = actions_racontees(bilan, axe)
    recits = {premiere.pk: "Trois ateliers.", seconde.pk: ""}
    ecrire_volet(bilan=bilan, axe=axe, valeurs=VIDE, recits=recits, version=2, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        ecrire_volet(bilan=bilan, axe=axe, valeurs=VIDE, recits={}, version=2, par=coordinatrice)
    premiere.refresh_from_db()
    assert premiere.recit == "Trois ateliers."


def test_decocher_garde_le_rang_et_le_recit_des_autres(bilan, axe, actions, coordinatrice):
    choisir_actions(bilan=bilan, axe=axe, actions=actions[:3], version=1, par=coordinatrice)
    premiere = actions_racontees(bilan, axe)[0]
    deplacer_action(bilan=bilan, racontee=premiere, vers="descendre", par=coordinatrice)
    gardees = [actions[0], actions[1], actions[4]]
    choisir_actions(bilan=bilan, axe=axe, actions=gardees, version=3, par=coordinatrice)
    assert [r.action for r in actions_racontees(bilan, axe)] == [actions[1], actions[0], actions[4]]
    assert [r.rang for r in actions_racontees(bilan, axe)] == [1, 2, 3]


@pytest.mark.parametrize("cas", ["autre volet", "pas publique", "autre contrat"])
def test_une_action_d_ailleurs_ne_se_raconte_pas(
    bilan, contrat, axe, autre_action, coordinatrice, cas
):
    action = {
        "autre volet": lambda: ActionFactory(contrat=contrat, est_publique=True),
        "pas publique": lambda: ActionFactory(contrat=contrat, axe=axe, est_publique=False),
        "autre contrat": lambda: autre_action,
    }[cas]()
    with pytest.raises(DonneesRefusees, match="n’est plus publique"):
        choisir_actions(bilan=bilan, axe=axe, actions=[action], version=1, par=coordinatrice)


def test_les_volets_se_rangent(bilan, contrat, axe, coordinatrice):
    second = AxeFactory(contrat=contrat)
    deplacer_volet(bilan=bilan, volet=volet_lu(bilan, second), vers="monter", par=coordinatrice)
    assert [v.axe for v in volets_du_bilan(bilan)] == [second, axe]
    volet = volet_lu(bilan, axe)
    montrer_volet(bilan=bilan, volet=volet, est_present=False, par=coordinatrice)
    with pytest.raises(ErreurMetier, match="au moins un volet"):
        montrer_volet(
            bilan=bilan, volet=volet_lu(bilan, second), est_present=False, par=coordinatrice
        )
