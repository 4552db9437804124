"""Une définition complète : ce qui est vide vient du catalogue, ce qui se contredit est refusé."""

from decimal import Decimal

import pytest

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from indicateurs.catalogue import conseil, ecarts
from indicateurs.models import Calcul, CibleIntermediaire, Indicateur, IndicateurModele, Mesure
from indicateurs.services.catalogue import (
    choisir_au_catalogue,
    reprendre_du_catalogue,
)
from indicateurs.services.indicateurs import (
    REPRIS_DU_CATALOGUE,
    creer_indicateur,
    deplacer_indicateur,
    modifier_indicateur,
    supprimer_indicateur,
)
from tests.factories import IndicateurFactory, MesureFactory

CIBLES = [(2026, Decimal(200)), (2027, Decimal("300.5"))]


def modifier(indicateur, par, **valeurs):
    return modifier_indicateur(indicateur=indicateur, valeurs=valeurs, version=None, par=par)


def test_un_indicateur_pris_tel_quel_dit_tout_ce_que_dit_le_catalogue(contrat, coordinatrice):
    (pris,) = choisir_au_catalogue(contrat=contrat, codes=["C14"], par=coordinatrice)
    modele = IndicateurModele.objects.get(pk="C14")
    assert {n: getattr(pris, n) for n in REPRIS_DU_CATALOGUE} == {
        n: getattr(modele, n) for n in REPRIS_DU_CATALOGUE
    }
    assert (pris.code, pris.modele, pris.calcul) == ("C14", modele, Calcul.SAISIE)
    assert ecarts(pris) == []


def test_les_dix_de_pilotage_sont_calcules_par_la_plateforme(contrat, coordinatrice):
    codes = [f"P{rang:02d}" for rang in range(1, 11)]
    pris = choisir_au_catalogue(contrat=contrat, codes=codes, par=coordinatrice)
    assert [i.calcul for i in pris] == [Calcul.PILOTAGE] * 10
    assert len({i.pilotage for i in pris}) == 10


def test_un_indicateur_deja_suivi_n_est_pas_double(contrat, coordinatrice):
    choisir_au_catalogue(contrat=contrat, codes=["C01"], par=coordinatrice)
    ajoutes = choisir_au_catalogue(contrat=contrat, codes=["C01", "C02"], par=coordinatrice)
    assert [i.modele_id for i in ajoutes] == ["C02"]


@pytest.mark.parametrize("codes", [[], ["inconnu"], ["C01", "OCC_1"]])
def test_rien_n_est_pris_si_un_code_n_est_pas_propose_a_la_region(contrat, coordinatrice, codes):
    IndicateurModele.objects.create(
        code="OCC_1", libelle="D’une autre région", region_id="76", type="RESULTAT"
    )
    with pytest.raises(DonneesRefusees):
        choisir_au_catalogue(contrat=contrat, codes=codes, par=coordinatrice)
    assert not contrat.indicateurs.exists()


@pytest.mark.parametrize("personnage", ["agent_ars", "elue", "pilote", "lectrice", "voisine"])
def test_seule_la_coordination_choisit_range_et_supprime(request, contrat, indicateur, personnage):
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        choisir_au_catalogue(contrat=contrat, codes=["C01"], par=par)
    with pytest.raises(DroitRefuse):
        deplacer_indicateur(indicateur=indicateur, vers="monter", par=par)
    with pytest.raises(DroitRefuse):
        supprimer_indicateur(indicateur=indicateur, version=None, par=par)
    with pytest.raises(DroitRefuse):
        reprendre_du_catalogue(indicateur=indicateur, champs=["unite"], version=None, par=par)


def test_reprendre_ne_change_que_ce_qui_est_coche(contrat, coordinatrice):
    (pris,) = choisir_au_catalogue(contrat=contrat, codes=["C02"], par=coordinatrice)
    pris = modifier(pris, coordinatrice, source="Notre enquête", definition="La nôtre")
    assert [e.champ for e in ecarts(pris)] == ["definition", "source"]
    repris = reprendre_du_catalogue(
        indicateur=pris, champs=["source", "libelle"], version=pris.version, par=coordinatrice
    )
    assert repris.source == repris.modele.source
    assert repris.definition == "La nôtre"


def test_les_cibles_intermediaires_se_posent_se_changent_et_se_retirent(indicateur, coordinatrice):
    pose = modifier(indicateur, coordinatrice, cibles=CIBLES)
    assert list(pose.cibles_intermediaires.values_list("annee", "valeur").order_by("annee")) == (
        CIBLES
    )
    change = modifier(pose, coordinatrice, cibles=[(2027, Decimal(310))])
    assert change.version == pose.version + 1
    assert CibleIntermediaire.objects.get().valeur == 310
    assert modifier(change, coordinatrice, cibles=[(2027, Decimal(310))]).version == change.version


@pytest.mark.parametrize("annees", [(2026, 2026), (2028,), (2031,), (2023,), (2020,)])
def test_une_cible_en_double_ou_hors_du_chemin_est_refusee(indicateur, coordinatrice, annees):
    """De la référence (2023) à l’échéance (2028), exclues."""
    with pytest.raises(DonneesRefusees) as refus:
        modifier(indicateur, coordinatrice, cibles=[(a, Decimal(1)) for a in annees])
    assert set(refus.value.champs) == {"cibles"}
    assert not CibleIntermediaire.objects.exists()


def test_qui_collecte_est_de_l_equipe(indicateur, coordinatrice, lectrice, voisine):
    assert modifier(indicateur, coordinatrice, responsable=lectrice).responsable == lectrice
    with pytest.raises(DonneesRefusees, match="de l’équipe"):
        modifier(indicateur, coordinatrice, responsable=voisine)


def test_une_formule_est_verifiee_et_une_saisie_n_en_garde_pas(contrat, indicateur, coordinatrice):
    modifier(indicateur, coordinatrice, code="A01")
    autre = IndicateurFactory(contrat=contrat, libelle="Double", agregation="NON_AGREGABLE")
    with pytest.raises(DonneesRefusees, match="aucun indicateur du contrat"):
        modifier(autre, coordinatrice, calcul=Calcul.FORMULE, formule="Z9 * 2")
    with pytest.raises(DonneesRefusees, match="Écrivez la formule"):
        modifier(autre, coordinatrice, calcul=Calcul.FORMULE, formule=" ")
    ecrit = modifier(autre, coordinatrice, calcul=Calcul.FORMULE, formule="A01 * 2")
    assert ecrit.formule == "A01 * 2"
    with pytest.raises(DonneesRefusees, match="cite ce code"):
        modifier(indicateur, coordinatrice, code="B02")
    saisi = modifier(ecrit, coordinatrice, calcul=Calcul.SAISIE, formule="A01 * 2")
    assert saisi.formule == ""


def test_un_objectif_d_un_autre_contrat_est_refuse(indicateur, coordinatrice, autre_contrat):
    ailleurs = autre_contrat.objectifs.create(niveau="STRATEGIQUE", numero="1", titre="Ailleurs")
    with pytest.raises(DonneesRefusees):
        modifier(indicateur, coordinatrice, objectif=ailleurs)


def test_supprimer_emporte_les_valeurs_mais_l_histoire_les_garde(indicateur, coordinatrice):
    MesureFactory(indicateur=indicateur, valeur=Decimal(212))
    cle = indicateur.pk
    with pytest.raises(ConflitVersion):
        supprimer_indicateur(indicateur=indicateur, version=7, par=coordinatrice)
    supprimer_indicateur(indicateur=indicateur, version=indicateur.version, par=coordinatrice)
    assert not Indicateur.objects.exists()
    assert not Mesure.objects.exists()
    etats = Indicateur.pgh_event_model.objects.filter(pgh_obj_id=cle)
    assert etats.order_by("-pgh_id").first().modifie_par == coordinatrice
    assert Mesure.pgh_event_model.objects.filter(pgh_label="delete", valeur=212).exists()


def test_monter_puis_descendre_remet_l_ordre(contrat, indicateur, coordinatrice):
    autre = IndicateurFactory(contrat=contrat, libelle="Second")
    assert deplacer_indicateur(indicateur=autre, vers="monter", par=coordinatrice)
    assert list(contrat.indicateurs.dans_l_ordre()) == [autre, indicateur]
    assert not deplacer_indicateur(indicateur=autre, vers="monter", par=coordinatrice)
    assert deplacer_indicateur(indicateur=autre, vers="descendre", par=coordinatrice)
    assert list(contrat.indicateurs.dans_l_ordre()) == [indicateur, autre]


@pytest.mark.parametrize(("combien", "dit"), [(0, False), (25, False), (26, True)])
def test_au_dela_de_vingt_cinq_un_conseil_est_donne(combien, dit):
    assert bool(conseil(combien)) is dit


def test_creer_avec_tout_ce_que_demande_une_definition(contrat, action, coordinatrice):
    valeurs = {
        "libelle": "Délai d’un rendez-vous",
        "code": "D1",
        "precision": Decimal("0.5"),
        "seuil": Decimal(30),
        "annee_cible": 2028,
        "cible": Decimal(12),
        "cibles": CIBLES,
        "actions": [action],
        "responsable": coordinatrice,
    }
    neuf = creer_indicateur(contrat=contrat, valeurs=valeurs, par=coordinatrice)
    assert neuf.cibles_intermediaires.count() == 2
    assert list(neuf.actions.all()) == [action]
