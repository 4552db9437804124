"""Deux lots et une personne écrivent au même moment : rien ne se bloque, rien n’est écrasé."""

import random
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from cls_platform.socle.erreurs import ConflitVersion
from contrats.lots import Demande, Retouche
from contrats.services import masse
from contrats.services.plan import modifier_action
from tests.contrats.lots.gestes import prevoir
from tests.factories import ActionFactory

FICHES = 30


def ensemble(*gestes: Callable[[], Any]) -> list[BaseException]:
    """Tous partent au même signal, chacun avec sa connexion ; rend les pannes."""
    depart, pannes = Barrier(len(gestes)), []

    def courir(geste: Callable[[], Any]) -> None:
        try:
            depart.wait(timeout=30)
            geste()
        except BaseException as panne:  # noqa: BLE001  (rendue au test, qui échoue avec elle)
            pannes.append(panne)
        finally:
            connection.close()

    fils = [Thread(target=courir, args=(geste,)) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=120)
    return pannes


@pytest.mark.django_db(transaction=True)
def test_chaque_fiche_garde_l_ecriture_du_premier(contrat, axe, coordinatrice):
    fiches = [ActionFactory(contrat=contrat, axe=axe) for _ in range(FICHES)]
    themes = Demande(listes={"themes": Retouche(frozenset({"jeunes"}))})
    lots = [
        prevoir(fiches, Demande(valeurs={"priorite": "BAS"}), coordinatrice),
        prevoir(fiches[::-1], themes, coordinatrice),
    ]
    titres = random.Random(8).sample(fiches, FICHES)  # noqa: S311  (un ordre, pas un secret)
    ecrits: list[Any] = []

    def ecrire_les_titres() -> None:
        for fiche in titres:
            try:
                modifier_action(
                    action=fiche, valeurs={"titre": "Neuf"}, version=1, par=coordinatrice
                )
                ecrits.append(fiche.pk)
            except ConflitVersion:
                continue

    pannes = ensemble(
        *(lambda lot=lot: masse.appliquer(lot=lot, par=coordinatrice) for lot in lots),
        ecrire_les_titres,
    )

    assert not pannes, pannes
    faites = [set(lot.lignes.filter(etat="FAITE").values_list("action", flat=True)) for lot in lots]
    assert not faites[0] & faites[1], "le second lot a vu la version du premier"
    for fiche in fiches:
        fiche.refresh_from_db()
        assert (fiche.priorite == "BAS") is (fiche.pk in faites[0])
        assert fiche.themes.filter(pk="jeunes").exists() is (fiche.pk in faites[1])
        assert (fiche.titre == "Neuf") is (fiche.pk in ecrits)
        ecritures = sum(fiche.pk in ici for ici in (*faites, set(ecrits)))
        assert fiche.version == 1 + ecritures
    comptes = [lot.lignes.comptes() for lot in lots]
    assert all(c["FAITE"] + c["CONFLIT"] == FICHES for c in comptes)
