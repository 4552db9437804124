"""Écrire les besoins et les effets : la coordination seule, sans rien perdre de l’autre."""

import pytest

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from cls_platform.socle.historique import historique
from indicateurs.models import Besoin, Confiance, Effet
from indicateurs.services import chaine as services
from indicateurs.services.effets import decrire_effet, retirer_effet
from indicateurs.services.liens import retirer_indicateur
from tests.factories import (
    BesoinFactory,
    EffetFactory,
    IndicateurFactory,
    ObjectifFactory,
)


@pytest.fixture
def objectif(axe):
    return ObjectifFactory(axe=axe)


@pytest.fixture
def besoin(contrat):
    return BesoinFactory(contrat=contrat)


def test_un_besoin_neuf_se_range_apres_les_autres(contrat, besoin, objectif, coordinatrice):
    valeurs = {"libelle": "Marcher sans danger", "objectifs": [objectif]}
    neuf = services.ajouter_besoin(contrat=contrat, valeurs=valeurs, par=coordinatrice)
    assert list(contrat.besoins.dans_l_ordre()) == [besoin, neuf]
    assert list(neuf.objectifs.all()) == [objectif]
    assert neuf.modifie_par == coordinatrice


def test_un_objectif_d_un_autre_contrat_est_refuse(contrat, autre_contrat, coordinatrice):
    ailleurs = ObjectifFactory(axe__contrat=autre_contrat)
    with pytest.raises(DonneesRefusees) as refus:
        services.ajouter_besoin(
            contrat=contrat, valeurs={"libelle": "X", "objectifs": [ailleurs]}, par=coordinatrice
        )
    assert "objectifs" in refus.value.champs
    assert not contrat.besoins.exists()


def test_relier_puis_delier_compte_deux_versions_et_deux_fois_n_en_compte_qu_une(
    besoin, objectif, coordinatrice
):
    for _ in range(2):
        services.relier_besoin(besoin=besoin, objectif=objectif, par=coordinatrice)
    assert Besoin.objects.get().version == besoin.version + 1
    services.delier_besoin(besoin=besoin, objectif=objectif, par=coordinatrice)
    assert not besoin.objectifs.exists()
    assert Besoin.objects.get().version == besoin.version + 2


def test_une_correction_perimee_est_refusee(besoin, coordinatrice):
    services.modifier_besoin(
        besoin=besoin, valeurs={"libelle": "Le mien"}, version=1, par=coordinatrice
    )
    with pytest.raises(ConflitVersion):
        services.modifier_besoin(
            besoin=besoin, valeurs={"libelle": "Le sien"}, version=1, par=coordinatrice
        )


def test_un_besoin_se_monte_et_se_descend(contrat, besoin, coordinatrice):
    autre = BesoinFactory(contrat=contrat, libelle="Le second")
    assert services.deplacer_besoin(besoin=autre, vers="monter", par=coordinatrice)
    assert list(contrat.besoins.dans_l_ordre()) == [autre, besoin]
    assert not services.deplacer_besoin(besoin=autre, vers="monter", par=coordinatrice)


@pytest.mark.parametrize("qui", ["voisine", "lectrice", "pilote"])
def test_seule_la_coordination_ecrit_un_besoin(request, qui, contrat, besoin, objectif):
    personne = request.getfixturevalue(qui)
    with pytest.raises(DroitRefuse):
        services.ajouter_besoin(contrat=contrat, valeurs={"libelle": "X"}, par=personne)
    with pytest.raises(DroitRefuse):
        services.relier_besoin(besoin=besoin, objectif=objectif, par=personne)
    with pytest.raises(DroitRefuse):
        services.retirer_besoin(besoin=besoin, par=personne)


# Les effets


def test_un_effet_se_decrit_puis_se_corrige_avec_son_histoire(action, indicateur, coordinatrice):
    commun = {"action": action, "indicateur": indicateur, "par": coordinatrice}
    effet = decrire_effet(valeurs={"type": "FINAL"}, version=0, **commun)
    etabli = {"confiance": Confiance.ETABLIE, "explication": "Une étude fictive."}
    decrire_effet(valeurs=etabli, version=effet.version, **commun)
    relu = Effet.objects.get()
    assert (relu.type, relu.confiance, relu.version) == ("FINAL", "ETABLIE", 2)
    assert [e.genre for e in historique(relu)] == ["update", "insert"]


def test_deux_personnes_ne_decrivent_pas_le_meme_effet_l_une_sur_l_autre(
    action, indicateur, coordinatrice
):
    commun = {"action": action, "indicateur": indicateur, "par": coordinatrice, "version": 0}
    decrire_effet(valeurs={"type": "FINAL"}, **commun)
    with pytest.raises(ConflitVersion):
        decrire_effet(valeurs={"type": "IMMEDIAT"}, **commun)


def test_un_effet_probable_dit_pourquoi(action, indicateur, coordinatrice):
    with pytest.raises(DonneesRefusees):
        decrire_effet(
            action=action,
            indicateur=indicateur,
            valeurs={"confiance": "PROBABLE"},
            version=0,
            par=coordinatrice,
        )


def test_un_indicateur_qui_ne_mesure_pas_l_action_n_y_a_pas_d_effet(contrat, action, coordinatrice):
    with pytest.raises(DonneesRefusees):
        decrire_effet(
            action=action,
            indicateur=IndicateurFactory(contrat=contrat),
            valeurs={},
            version=0,
            par=coordinatrice,
        )


def test_un_effet_se_tait_quand_l_indicateur_quitte_l_action(action, indicateur, coordinatrice):
    EffetFactory(action=action, indicateur=indicateur)
    assert Effet.objects.encore_relies().count() == 1
    retirer_indicateur(indicateur=indicateur, action=action, par=coordinatrice)
    assert not Effet.objects.encore_relies()


def test_la_voisine_ne_touche_pas_aux_effets(action, indicateur, voisine):
    effet = EffetFactory(action=action, indicateur=indicateur)
    with pytest.raises(DroitRefuse):
        retirer_effet(effet=effet, par=voisine)
    assert Effet.objects.exists()
