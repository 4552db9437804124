"""Choisir les indicateurs d’un contrat est un geste de coordination."""

import pytest

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from indicateurs.models import Indicateur, IndicateurModele, Mesure
from indicateurs.services.indicateurs import creer_indicateur, modifier_indicateur
from tests.factories import AxeFactory, IndicateurFactory, MesureFactory

VALEURS = {"libelle": "Personnes accueillies", "unite": "nombre"}


def test_la_coordinatrice_ajoute_un_indicateur_a_la_fin(contrat, coordinatrice, indicateur):
    neuf = creer_indicateur(contrat=contrat, valeurs=VALEURS, par=coordinatrice)
    assert list(contrat.indicateurs.dans_l_ordre()) == [indicateur, neuf]
    assert (neuf.version, neuf.modifie_par) == (1, coordinatrice)


@pytest.mark.parametrize(
    "personnage", ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]
)
def test_les_autres_n_ajoutent_ni_ne_modifient(request, contrat, indicateur, personnage):
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        creer_indicateur(contrat=contrat, valeurs=VALEURS, par=par)
    with pytest.raises(DroitRefuse):
        modifier_indicateur(indicateur=indicateur, valeurs={"cible": 1}, version=1, par=par)
    assert contrat.indicateurs.count() == 1


def test_ce_qui_est_vide_est_repris_du_catalogue(contrat, coordinatrice):
    modele = IndicateurModele.objects.create(
        code="essai",
        libelle="Indicateur du catalogue",
        type="RESULTAT",
        unite="%",
        sens="BAISSE",
        source="Source fictive",
        niveau="COMMUNE",
        agregation="RATIO",
    )
    vides = {"libelle": "", "unite": "", "source": "", "sens": "", "agregation": "", "type": ""}
    neuf = creer_indicateur(contrat=contrat, valeurs={"modele": modele, **vides}, par=coordinatrice)
    assert (neuf.libelle, neuf.unite, neuf.sens, neuf.source) == (
        "Indicateur du catalogue",
        "%",
        "BAISSE",
        "Source fictive",
    )


def test_une_cible_sans_annee_est_refusee(contrat, coordinatrice):
    with pytest.raises(DonneesRefusees, match="Une cible a une échéance"):
        creer_indicateur(contrat=contrat, valeurs=VALEURS | {"cible": 400}, par=coordinatrice)


def test_une_version_depassee_est_refusee(indicateur, coordinatrice):
    modifier_indicateur(
        indicateur=indicateur, valeurs={"libelle": "A"}, version=1, par=coordinatrice
    )
    with pytest.raises(ConflitVersion):
        modifier_indicateur(
            indicateur=indicateur, valeurs={"libelle": "B"}, version=1, par=coordinatrice
        )


def test_changer_seulement_les_actions_compte_une_version(indicateur, coordinatrice):
    apres = modifier_indicateur(
        indicateur=indicateur, valeurs={"actions": []}, version=1, par=coordinatrice
    )
    assert apres.version == 2
    assert not apres.actions.exists()


def test_une_action_d_un_autre_contrat_ne_se_lie_pas(indicateur, coordinatrice, autre_action):
    """Sinon son pilote saisirait chez nous, et nous lirions son titre."""
    with pytest.raises(DonneesRefusees):
        modifier_indicateur(
            indicateur=indicateur,
            valeurs={"actions": [autre_action]},
            version=1,
            par=coordinatrice,
        )


def test_un_axe_d_un_autre_contrat_ne_se_lie_pas(indicateur, coordinatrice, autre_contrat):
    with pytest.raises(DonneesRefusees):
        modifier_indicateur(
            indicateur=indicateur,
            valeurs={"axe": AxeFactory(contrat=autre_contrat)},
            version=1,
            par=coordinatrice,
        )


# Qui voit


def test_un_indicateur_interne_n_est_vu_que_de_ceux_qui_suivent_le_contrat(
    contrat, lectrice, voisine, anonyme
):
    public, interne = (
        IndicateurFactory(contrat=contrat),
        IndicateurFactory(contrat=contrat, interne=True),
    )
    for i in (public, interne):
        MesureFactory(indicateur=i)
    assert set(Indicateur.objects.visibles_par(lectrice)) == {public, interne}
    assert Mesure.objects.visibles_par(lectrice).count() == 2
    for personne in (voisine, anonyme):
        assert list(Indicateur.objects.visibles_par(personne)) == [public]
        assert [m.indicateur for m in Mesure.objects.visibles_par(personne)] == [public]


def test_les_indicateurs_d_un_contrat_ferme_sont_caches(autre_contrat, coordinatrice, anonyme):
    IndicateurFactory(contrat=autre_contrat)
    for personne in (coordinatrice, anonyme):
        assert not Indicateur.objects.visibles_par(personne).exists()
