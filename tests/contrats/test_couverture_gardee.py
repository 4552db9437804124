"""Une couverture gardée n’est jamais plus ancienne que les données, quelle que soit la main."""

from datetime import date, timedelta

import pytest
from django.db import connection

from acteurs.models import Commune, EditionZonage, Zone, ZoneCommune
from contrats.couverture import Niveau, Variante, couverture, nationale
from contrats.couverture_gardee import couvertures, empreinte
from contrats.models import Contrat, PassagePhase, Perimetre
from contrats.services.perimetre import retirer_communes
from tests.factories import AvenantFactory, ContratFactory, PassagePhaseFactory, PerimetreFactory

LE = date(2025, 6, 1)
FRANCE = Niveau.FRANCE


def lue(le: date = LE) -> int:
    lignes = couvertures(le=le, niveaux=[FRANCE], variante=Variante.SIGNE)[FRANCE]
    assert lignes == couverture(le=le, niveau=FRANCE)
    return nationale(lignes).communes_couvertes


def en_sql(requete: str, *parametres: object) -> None:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)


def test_la_deuxieme_lecture_ne_recalcule_rien(contrat, django_assert_num_queries) -> None:
    lue()
    with django_assert_num_queries(1):
        couvertures(le=LE, niveaux=[FRANCE], variante=Variante.SIGNE)


def test_une_commune_sortie_se_voit_aussitot(contrat, coordinatrice) -> None:
    avant = lue()
    commune = contrat.perimetres.ouvertes().first().commune
    retirer_communes(
        contrat=contrat,
        communes=[commune.pk],
        date_sortie=LE - timedelta(days=1),
        par=coordinatrice,
    )
    assert lue() == avant - 1


@pytest.mark.parametrize("champ", ["date_signature", "date_debut"])
def test_une_date_du_contrat_se_voit_aussitot(contrat, champ) -> None:
    assert lue() > 0
    setattr(contrat, champ, LE + timedelta(days=1))
    contrat.save()
    assert lue() == 0


def test_chaque_jour_a_sa_couverture(contrat) -> None:
    assert lue() > 0
    assert lue(date(1999, 1, 1)) == 0


def test_un_perimetre_ecrit_en_sql_se_voit_aussitot(contrat) -> None:
    avant = lue()
    en_sql(
        "UPDATE contrats_perimetre SET date_sortie = %s WHERE contrat_id = %s AND commune_id = %s",
        LE,
        contrat.pk,
        "29232",
    )
    assert lue() == avant - 1


def test_un_perimetre_efface_en_sql_se_voit_aussitot(contrat) -> None:
    lue()
    en_sql("DELETE FROM contrats_perimetre WHERE contrat_id = %s", contrat.pk)
    assert lue() == 0


ECRITURES = {
    "un contrat": lambda c: ContratFactory(),
    "une date de contrat en SQL": lambda c: Contrat.objects.filter(pk=c.pk).update(date_fin=LE),
    "un contrat effacé": lambda c: Contrat.objects.filter(pk=c.pk).delete(),
    "une phase": lambda c: PassagePhaseFactory(contrat=c),
    "une phase en masse": lambda c: PassagePhase.objects.bulk_create(
        PassagePhase(contrat=c, vers=vers, date_effet=LE) for vers in ("INTENTION", "DIAGNOSTIC")
    ),
    "une commune du périmètre": lambda c: PerimetreFactory(contrat=c, commune_id="29155"),
    "un avenant": lambda c: AvenantFactory(contrat=c),
    "une population": lambda c: Commune.objects.filter(pk="29232").update(population=1),
}


@pytest.mark.parametrize("ecriture", ECRITURES.values(), ids=ECRITURES)
def test_l_empreinte_change_avec_chaque_ecriture(contrat, ecriture) -> None:
    avant = empreinte()
    ecriture(contrat)
    assert empreinte() != avant


def test_l_empreinte_change_avec_les_zonages(contrat) -> None:
    marques = [empreinte()]
    edition = EditionZonage.objects.create(
        type_id="QPV", millesime="2024", date_effet=LE, source="Essai", fichier="q.csv", sha256="0"
    )
    marques.append(empreinte())
    zone = Zone.objects.create(edition=edition, code="QN1", nom="Quartier d’essai", population=10)
    marques.append(empreinte())
    ZoneCommune.objects.create(zone=zone, commune_id="29232")
    marques.append(empreinte())
    edition.delete()
    marques.append(empreinte())
    assert len(set(marques)) == len(marques)


def test_l_empreinte_ne_revient_pas_quand_un_changement_est_defait(contrat) -> None:
    avant = empreinte()
    Perimetre.objects.filter(contrat=contrat).update(date_sortie=LE)
    Perimetre.objects.filter(contrat=contrat).update(date_sortie=None)
    assert empreinte() != avant


def test_une_lecture_ne_change_pas_l_empreinte(contrat) -> None:
    avant = empreinte()
    lue()
    assert empreinte() == avant
