"""Le périmètre est daté : une commune y entre (ce jour compris) et en sort (ce jour exclu)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from acteurs.models import Commune, Epci
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from contrats.models import Perimetre
from contrats.services.perimetre import ajouter_communes, retirer_communes
from tests.factories import ContratFactory, PerimetreFactory

ENTREE = date(2026, 4, 1)
OUESSANT, QUIMPER = "29155", "29232"


@pytest.fixture
def ouessant(db) -> Commune:
    return Commune.objects.get(pk=OUESSANT)


def au(contrat, le: date) -> set[str]:
    return set(contrat.perimetres.au(le).values_list("commune", flat=True))


def test_une_commune_en_fait_partie_du_jour_d_entree_a_la_veille_de_sa_sortie(
    contrat, coordinatrice, ouessant
):
    ajouter_communes(contrat=contrat, communes=[ouessant], date_entree=ENTREE, par=coordinatrice)
    retirer_communes(
        contrat=contrat, communes=[OUESSANT], date_sortie=date(2026, 6, 1), par=coordinatrice
    )
    presente = {
        jour: OUESSANT in au(contrat, jour)
        for jour in (date(2026, 3, 31), ENTREE, date(2026, 5, 31), date(2026, 6, 1))
    }
    assert list(presente.values()) == [False, True, True, False]


def test_toute_une_intercommunalite_entre_d_un_coup_et_le_contrat_s_en_souvient(
    db, administratrice
):
    contrat = ContratFactory()
    epci = Epci.objects.get(pk="200068120")
    nombre = ajouter_communes(
        contrat=contrat,
        communes=epci.communes.all(),
        date_entree=ENTREE,
        epci=epci,
        par=administratrice,
    )
    assert nombre == 14
    assert set(contrat.perimetres.values_list("epci_origine", flat=True)) == {"200068120"}


def test_ajouter_une_commune_deja_la_ne_change_rien(contrat, coordinatrice):
    quimper = Commune.objects.get(pk=QUIMPER)
    nombre = ajouter_communes(
        contrat=contrat, communes=[quimper], date_entree=ENTREE, par=coordinatrice
    )
    contrat.refresh_from_db()
    assert (nombre, contrat.version, contrat.perimetres.count()) == (0, 1, 14)


def test_chaque_changement_de_perimetre_compte_une_version(contrat, coordinatrice, ouessant):
    ajouter_communes(contrat=contrat, communes=[ouessant], date_entree=ENTREE, par=coordinatrice)
    contrat.refresh_from_db()
    assert (contrat.version, contrat.modifie_par) == (2, coordinatrice)


def test_une_commune_sortie_peut_revenir_le_jour_meme_de_sa_sortie(
    contrat, coordinatrice, ouessant
):
    PerimetreFactory(
        contrat=contrat, commune=ouessant, date_entree=date(2024, 1, 1), date_sortie=ENTREE
    )
    ajouter_communes(contrat=contrat, communes=[ouessant], date_entree=ENTREE, par=coordinatrice)
    assert contrat.perimetres.filter(commune=ouessant).count() == 2


def test_une_commune_ne_revient_pas_avant_d_etre_sortie(contrat, coordinatrice, ouessant):
    PerimetreFactory(
        contrat=contrat, commune=ouessant, date_entree=date(2024, 1, 1), date_sortie=ENTREE
    )
    with pytest.raises(DonneesRefusees, match="Ouessant") as refus:
        ajouter_communes(
            contrat=contrat,
            communes=[ouessant],
            date_entree=date(2026, 3, 31),
            par=coordinatrice,
        )
    assert "date_entree" in refus.value.champs


def test_une_commune_entree_par_erreur_le_jour_meme_est_effacee(contrat, coordinatrice, ouessant):
    ajouter_communes(contrat=contrat, communes=[ouessant], date_entree=ENTREE, par=coordinatrice)
    retirer_communes(contrat=contrat, communes=[OUESSANT], date_sortie=ENTREE, par=coordinatrice)
    assert not contrat.perimetres.filter(commune=OUESSANT).exists()


def test_une_commune_ne_sort_pas_avant_d_etre_entree(contrat, coordinatrice):
    with pytest.raises(DonneesRefusees, match="est entrée le 01/01/2024"):
        retirer_communes(
            contrat=contrat,
            communes=[QUIMPER],
            date_sortie=date(2023, 12, 31),
            par=coordinatrice,
        )
    assert QUIMPER in au(contrat, ENTREE)


def test_retirer_une_commune_absente_ne_change_rien(contrat, coordinatrice):
    nombre = retirer_communes(
        contrat=contrat, communes=["31117"], date_sortie=ENTREE, par=coordinatrice
    )
    contrat.refresh_from_db()
    assert (nombre, contrat.version) == (0, 1)


def test_deux_contrats_peuvent_couvrir_la_meme_commune(db):
    """La loi ne l’interdit pas : c’est la couverture qui ne compte qu’une fois."""
    PerimetreFactory.create_batch(2)


@pytest.mark.parametrize("personnage", ["agent_ars", "elue", "pilote", "lectrice", "voisine"])
def test_seule_la_coordination_change_le_perimetre(request, contrat, ouessant, personnage):
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        ajouter_communes(contrat=contrat, communes=[ouessant], date_entree=ENTREE, par=par)
    with pytest.raises(DroitRefuse):
        retirer_communes(contrat=contrat, communes=[QUIMPER], date_sortie=ENTREE, par=par)
    assert contrat.perimetres.count() == 14


# Ce que la base elle-même refuse, quel que soit le chemin


@pytest.mark.parametrize(
    ("dates", "contrainte"),
    [
        ({"date_sortie": date(2024, 1, 1)}, "perimetre_sortie_apres_entree"),
        ({"date_entree": date(2025, 1, 1)}, "perimetre_une_presence_ouverte"),
        ({"date_sortie": date(2025, 1, 1)}, "perimetre_une_entree_par_jour"),
    ],
)
def test_la_base_refuse_une_presence_impossible(contrat, dates, contrainte):
    valeurs = {"contrat": contrat, "commune_id": QUIMPER, "date_entree": date(2024, 1, 1)} | dates
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        Perimetre.objects.create(**valeurs)
