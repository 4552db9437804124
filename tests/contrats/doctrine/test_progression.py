"""Où en est une doctrine, comparé à un calcul par ensembles ; et ce qu’elle vise."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acteurs.models import Commune, EditionZonage, TypeZonage, Zone, ZoneCommune
from contrats.doctrine import communes_visees, habitants_de_la_cible, progression
from contrats.models import Maillage
from tests.appuis.horloge import AUJOURDHUI
from tests.appuis.proprietes import defait, sans_chrono
from tests.contrats.couverture import calcul, cas
from tests.factories import DoctrineFactory

pytestmark = pytest.mark.django_db

QBO = "200068120"
CENT = settings(sans_chrono, max_examples=100)


def zonage(classes, *, type_zonage="ZONAGE_MEDECINS", region=None, millesime="2025", le=None):
    """Une édition : classe → codes Insee."""
    edition = EditionZonage.objects.create(
        type=TypeZonage.objects.get(pk=type_zonage), region_id=region, millesime=millesime,
        date_effet=le or date(2025, 1, 1), source="Zonage d’essai", fichier="essai.csv",
        sha256="a" * 64, est_demonstration=True,
    )  # fmt: skip
    for classe, codes in classes.items():
        zone = Zone.objects.create(edition=edition, code=classe, nom=classe, classe=classe)
        ZoneCommune.objects.bulk_create(ZoneCommune(zone=zone, commune_id=c) for c in codes)
    return edition


def prioritaire(**champs):
    return DoctrineFactory(maillage=Maillage.PRIORITAIRE, **champs)


def codes(doctrine, le=AUJOURDHUI):
    return {commune.code for commune in communes_visees(doctrine, le)}


# Ce qu’elle vise


def test_un_maillage_complet_vise_toute_la_region():
    assert codes(DoctrineFactory()) == set(
        Commune.objects.filter(region="53").values_list("pk", flat=True)
    )


def test_une_liste_vise_ses_intercommunalites_et_ses_communes():
    doctrine = prioritaire(codes_epci=[QBO], codes_communes=["35069"])
    qbo = set(Commune.objects.filter(epci=QBO).values_list("pk", flat=True))
    assert codes(doctrine) == qbo | {"35069"}


def test_un_zonage_se_limite_a_ses_classes():
    zonage({"ZIP": ["29020", "29048"], "ZAC": ["35069"], "HZ": ["29232"]})
    doctrine = prioritaire(type_zonage_id="ZONAGE_MEDECINS", classes=["ZIP", "ZAC"])
    assert codes(doctrine) == {"29020", "29048", "35069"}


def test_le_millesime_fige_ne_suit_pas_le_zonage_suivant():
    ancien = zonage({"ZIP": ["29020"]}, millesime="2023", le=date(2023, 1, 1))
    zonage({"ZIP": ["29232"]}, millesime="2025")
    suit = prioritaire(type_zonage_id="ZONAGE_MEDECINS")
    fige = prioritaire(type_zonage_id="ZONAGE_MEDECINS", edition=ancien, depuis=date(2025, 6, 1))
    assert (codes(suit), codes(fige)) == ({"29232"}, {"29020"})


def test_une_commune_reunie_depuis_laisse_la_place_a_celle_qui_lui_succede():
    Commune.objects.filter(pk="29020").update(date_fin=date(2026, 1, 1), successeur="29048")
    doctrine = prioritaire(codes_communes=["29020"])
    assert codes(doctrine, date(2025, 12, 31)) == {"29020"}
    assert codes(doctrine, AUJOURDHUI) == {"29048"}


def test_une_doctrine_ne_vise_que_sa_region():
    zonage({"ZIP": ["29020", "31117"]})
    assert codes(prioritaire(type_zonage_id="ZONAGE_MEDECINS")) == {"29020"}


# Où elle en est


@given(part=st.integers(1, 10_000), population=st.integers(0, 70_000_000))
def test_les_habitants_de_la_cible_sont_le_plus_petit_nombre_qui_l_atteint(part, population):
    taux = Fraction(part, 10_000)
    voulus = habitants_de_la_cible(Decimal(part) / 10_000, population)
    assert voulus >= taux * population > voulus - 1 or voulus == population == 0


@CENT
@given(donnees=st.data())
def test_l_avancement_est_celui_du_calcul(donnees):
    with defait():
        communes = [c for c in cas.communes_reelles() if c.region == "53"]
        histoires = donnees.draw(st.lists(cas.histoires(cas.communes_reelles()), max_size=6))
        cas.ecrire(histoires)
        vises = donnees.draw(st.sets(st.sampled_from([c.code for c in communes]), min_size=1))
        part = donnees.draw(st.integers(1, 10_000))
        le = donnees.draw(cas.JOURS)
        doctrine = prioritaire(
            codes_communes=sorted(vises),
            cible_taux=Decimal(part) / 10_000,
            cible_date=date(2030, 1, 1),
        )
        faite = progression(doctrine, le)
        visees = [c for c in communes if c.code in vises]
        attendu = calcul.chiffres(visees, histoires, le, "france", projets=False)["FR"]
        projets = calcul.chiffres(visees, histoires, le, "france", projets=True)["FR"]
        assert (faite.population, faite.communes) == (attendu.population, attendu.communes)
        assert faite.population_couverte == attendu.population_couverte
        assert faite.communes_couvertes == attendu.communes_couvertes
        assert faite.population_avec_projets == projets.population_couverte
        vise = Fraction(part, 10_000) * attendu.population
        assert faite.manquants == max(0, -((attendu.population_couverte - vise) // 1))
        assert (
            sum(b.population for b in faite.blancs) == faite.population - faite.population_couverte
        )
        verifier_la_suite(faite, visees, histoires, le, donnees.draw(st.integers(1, 2500)))


def verifier_la_suite(faite, visees, histoires, le, plus_tard) -> None:
    """Chaque échéance, et un jour au hasard entre deux, valent ce que dit le calcul ce jour-là."""

    def couverte(jour):
        return calcul.chiffres(visees, histoires, jour, "france", projets=False)[
            "FR"
        ].population_couverte

    for echeance in faite.echeances:
        assert echeance.population_couverte == couverte(echeance.le)
    jour = le + timedelta(days=plus_tard)
    passees = [e.population_couverte for e in faite.echeances if e.le <= jour]
    assert (passees[-1] if passees else faite.population_couverte) == couverte(jour)


def test_les_territoires_blancs_vont_du_plus_peuple_au_moins_peuple(contrat):
    """Le contrat couvre Quimper Bretagne Occidentale ; il reste l’Ille-et-Vilaine et l’île."""
    blancs = progression(DoctrineFactory(), AUJOURDHUI).blancs
    assert blancs[0].nom == "Pays de Châteaugiron Communauté"
    assert blancs[0].population == 28367
    assert [b.population for b in blancs] == sorted((b.population for b in blancs), reverse=True)


def test_l_echeance_nomme_le_contrat_qui_finit(contrat):
    (echeance,) = progression(DoctrineFactory(), AUJOURDHUI).echeances
    assert echeance.le == date(2029, 1, 1)
    assert echeance.population_couverte == 0
    assert echeance.finissent == (contrat.nom,)


def test_une_region_sans_habitant_vise_n_atteint_rien():
    faite = progression(prioritaire(type_zonage_id="QPV"), AUJOURDHUI)
    assert (faite.population, faite.taux, faite.est_atteinte) == (0, 0.0, False)


def test_l_avancement_se_lit_en_cinq_requetes(contrat, nombre_requetes):
    doctrine = DoctrineFactory()
    assert nombre_requetes(lambda: progression(doctrine, AUJOURDHUI)) <= 5
