"""Deux cents territoires tirés au hasard : chaque chiffre, comparé à un calcul par ensembles."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from acteurs.models import Commune as CommuneEnBase
from contrats.couverture import Niveau, Variante, couverture
from contrats.couverture_detail import communes_du_chiffre, comptes_par_etat, etats_des_communes
from contrats.couverture_etats import Selection, dans_douze_mois
from contrats.couverture_place import FRANCE, Place
from contrats.couverture_serie import serie
from tests.appuis.proprietes import sans_chrono
from tests.contrats.couverture import calcul, cas

pytestmark = pytest.mark.django_db

DEUX_CENTS = settings(sans_chrono, max_examples=200)
# Ce qui reprend les mêmes contrats par un autre bout
SOIXANTE = settings(sans_chrono, max_examples=60)
VARIANTES = ((Variante.SIGNE, False), (Variante.SIGNE_OU_PROJET, True))
LIEUX = [
    ("region", "53"),
    ("departement", "29"),
    ("epci", "200068120"),
    ("commune", "29232"),
]
CODES = {
    Niveau.FRANCE: "france",
    Niveau.REGION: "region",
    Niveau.DEPARTEMENT: "departement",
    Niveau.DELEGATION: "departement",
    Niveau.EPCI: "epci",
}


@contextmanager
def sans_suite() -> Iterator[None]:
    """Chaque cas part de la référence et y revient."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tirer(donnees) -> tuple[list[calcul.Commune], list[calcul.Histoire]]:
    """Les communes réelles, l’une close et l’autre sans population, et jusqu’à six contrats."""
    close, muette = donnees.draw(
        st.lists(
            st.sampled_from(
                list(CommuneEnBase.objects.order_by("pk").values_list("pk", flat=True))
            ),
            min_size=2,
            max_size=2,
            unique=True,
        )
    )
    CommuneEnBase.objects.filter(pk=close).update(date_fin=donnees.draw(cas.JOURS))
    CommuneEnBase.objects.filter(pk=muette).update(population=None)
    communes = cas.communes_reelles()
    histoires = donnees.draw(st.lists(cas.histoires(communes), max_size=6))
    cas.ecrire(histoires)
    return communes, histoires


def verifier(lignes, attendus: dict[str, calcul.Chiffre]) -> None:
    assert {ligne.code for ligne in lignes} == set(attendus)
    for ligne in lignes:
        voulu = attendus[ligne.code]
        lu = calcul.Chiffre(
            ligne.population,
            ligne.population_couverte,
            ligne.communes,
            ligne.communes_couvertes,
            ligne.contrats,
        )
        assert lu == voulu
        assert ligne.taux_population == voulu.taux_population
        assert ligne.taux_communes == voulu.taux_communes


@DEUX_CENTS
@given(donnees=st.data())
def test_tous_les_niveaux_et_les_deux_variantes_a_des_dates_au_hasard(donnees):
    with sans_suite():
        communes, histoires = tirer(donnees)
        for jour in donnees.draw(st.lists(cas.JOURS, min_size=1, max_size=2)):
            for niveau, code in CODES.items():
                for variante, projets in VARIANTES:
                    verifier(
                        couverture(le=jour, niveau=niveau, variante=variante),
                        calcul.chiffres(communes, histoires, jour, code, projets=projets),
                    )


@SOIXANTE
@given(donnees=st.data())
def test_un_lieu_ne_compte_que_ses_communes(donnees):
    with sans_suite():
        communes, histoires = tirer(donnees)
        jour = donnees.draw(cas.JOURS)
        nom, code = donnees.draw(st.sampled_from(LIEUX))
        dedans = [c for c in communes if calcul.code_de(c, nom) == code]
        for niveau, codes in CODES.items():
            for variante, projets in VARIANTES:
                verifier(
                    couverture(le=jour, niveau=niveau, variante=variante, **{nom: code}),
                    calcul.chiffres(dedans, histoires, jour, codes, projets=projets),
                )


@SOIXANTE
@given(donnees=st.data())
def test_chaque_commune_dit_le_meme_etat(donnees):
    with sans_suite():
        communes, histoires = tirer(donnees)
        for jour in donnees.draw(st.lists(cas.JOURS, min_size=1, max_size=3)):
            bientot = dans_douze_mois(jour)
            presentes = calcul.existantes(communes, jour)
            attendus = {c.code: calcul.etat_de(c.code, histoires, jour, bientot) for c in presentes}
            lus = etats_des_communes(jour)
            assert {code: etat.etat for code, etat in lus.items()} == attendus
            comptes = comptes_par_etat(jour)
            for etat, (nombre, habitants) in comptes.items():
                portent = [c for c in presentes if attendus[c.code] == etat]
                assert (nombre, habitants) == (
                    len(portent),
                    sum(c.population or 0 for c in portent),
                )


@SOIXANTE
@given(donnees=st.data())
def test_la_liste_derriere_le_chiffre_en_a_le_compte(donnees):
    with sans_suite():
        communes, histoires = tirer(donnees)
        jour = donnees.draw(cas.JOURS)
        for variante, projets in VARIANTES:
            couvertes = set().union(*calcul.comptes(histoires, jour, avec_projets=projets))
            presentes = {c.code for c in calcul.existantes(communes, jour)}
            for selection, voulues in (
                (Selection.TOUTES, presentes),
                (Selection.COUVERTES, presentes & couvertes),
                (Selection.NON_COUVERTES, presentes - couvertes),
            ):
                lues = communes_du_chiffre(le=jour, variante=variante, selection=selection)
                assert {commune.code for commune in lues} == voulues


@SOIXANTE
@given(donnees=st.data())
def test_la_serie_dit_chaque_mois_ce_que_dit_la_question(donnees):
    with sans_suite():
        communes, histoires = tirer(donnees)
        place = donnees.draw(
            st.sampled_from([FRANCE, Place("region", "53"), Place("epci", "200068120")])
        )
        niveau = place.niveau
        for point in serie(place, du=cas.ORIGINE, au=date(2024, 5, 17)):
            dedans = [c for c in communes if calcul.code_de(c, niveau) == place.code]
            for mesure, projets in ((point.signe, False), (point.signe_ou_projet, True)):
                vide = calcul.Chiffre(0, 0, 0, 0, 0)
                voulu = calcul.chiffres(dedans, histoires, point.le, niveau, projets=projets).get(
                    place.code, vide
                )
                assert (point.population, point.communes) == (voulu.population, voulu.communes)
                assert mesure.population_couverte == voulu.population_couverte
                assert mesure.communes_couvertes == voulu.communes_couvertes
                assert mesure.contrats == voulu.contrats
