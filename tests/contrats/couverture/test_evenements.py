"""Ce qui a fait changer la couverture : rien ne change sans un événement qui le dise."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrats.couverture_evenements import GenreEvenement, evenements
from contrats.couverture_place import FRANCE
from tests.appuis.proprietes import defait, sans_chrono
from tests.contrats.couverture import calcul, cas
from tests.factories import AvenantFactory

pytestmark = pytest.mark.django_db

TOUJOURS = (date(2009, 7, 21), date(2040, 12, 31))
GAGNE = {GenreEvenement.SIGNE, GenreEvenement.DEBUT, GenreEvenement.AVENANT}
PERD = {GenreEvenement.FIN, GenreEvenement.ARRET}
UN_JOUR = timedelta(days=1)


def bascules(histoire: calcul.Histoire) -> Iterator[tuple[date, bool]]:
    """(jour, compte) de chaque jour où le contrat se met à compter, ou cesse de compter."""
    dates = [
        *(d for d in (histoire.signature, histoire.debut, histoire.fin, histoire.arret) if d),
        *(le for le, _ in histoire.phases),
        *(d for p in histoire.prolongations for d in (p.signature, p.effet, p.nouvelle_fin)),
    ]
    for jour in sorted({*dates, *(d + UN_JOUR for d in dates)}):
        avant, apres = histoire.est_signe(jour - UN_JOUR), histoire.est_signe(jour)
        temoin = jour if apres else jour - UN_JOUR
        if avant != apres and histoire.communes_le(temoin):
            yield jour, apres


@settings(sans_chrono, max_examples=60)
@given(donnees=st.data())
def test_un_contrat_ne_commence_ni_ne_cesse_de_compter_sans_evenement(donnees):
    with defait():
        histoires = donnees.draw(st.lists(cas.histoires(cas.communes_reelles()), max_size=6))
        contrats = cas.ecrire(histoires)
        lus: dict[tuple, set[str]] = {}
        for fait in evenements(*TOUJOURS, FRANCE):
            lus.setdefault((fait.contrat, fait.le), set()).add(fait.genre)
        fins = set()
        for contrat, histoire in zip(contrats, histoires, strict=True):
            for jour, compte in bascules(histoire):
                dits = lus.get((contrat.pk, jour), set())
                assert dits & (GAGNE if compte else PERD)
                fins |= set() if compte else {(contrat.pk, jour)}
        assert {cle for cle, genres in lus.items() if GenreEvenement.FIN in genres} <= fins


def test_une_prolongation_tardive_laisse_une_fin_puis_une_reprise(contrat):
    """Fini le 31 décembre 2024, prolongé le 2 juin 2025 : deux événements, dans cet ordre."""
    AvenantFactory(
        contrat=contrat,
        signe=True,
        date_fin_avant=date(2024, 12, 31),
        date_fin_apres=contrat.date_fin,
    )
    faits = evenements(date(2024, 2, 1), date(2026, 1, 1), FRANCE)
    assert [(fait.genre, fait.le, fait.jusqu_au) for fait in faits] == [
        ("AVENANT", date(2025, 6, 2), contrat.date_fin),
        ("FIN", date(2025, 1, 1), date(2024, 12, 31)),
    ]


def test_la_fin_dite_a_la_signature_est_celle_d_alors(contrat):
    AvenantFactory(
        contrat=contrat,
        signe=True,
        date_fin_avant=date(2027, 12, 31),
        date_fin_apres=contrat.date_fin,
    )
    (signe,) = evenements(date(2024, 1, 1), date(2024, 12, 31), FRANCE)
    assert (signe.genre, signe.jusqu_au) == ("SIGNE", date(2027, 12, 31))


def test_un_contrat_signe_d_avance_commence_plus_tard(contrat):
    contrat.date_debut = date(2024, 9, 1)
    contrat.save()
    faits = evenements(date(2024, 1, 1), date(2024, 12, 31), FRANCE)
    assert [(fait.genre, fait.le) for fait in faits] == [
        ("DEBUT", date(2024, 9, 1)),
        ("SIGNE", date(2024, 1, 22)),
    ]
