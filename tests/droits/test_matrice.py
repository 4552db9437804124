"""Chaque adresse × chaque personnage × son contrat ou celui de la voisine : la réponse attendue."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from contrats.models import Contrat
from tests.appuis import horloge
from tests.appuis import troupe as troupes
from tests.appuis.routes import routes
from tests.droits.matrice import PERSONNAGES, Ligne, attendu
from tests.droits.matrice import TABLE as COMMUNE
from tests.droits.matrice_a_faire import A_FAIRE, ROUTES_DE_DOCTRINE
from tests.droits.matrice_api import ROUTES_API
from tests.droits.matrice_argent import ARGENT, ROUTES_API_ARGENT
from tests.droits.matrice_comptes import ROUTES_DES_COMPTES
from tests.droits.matrice_contributions import ROUTES_API_CONTRIBUTIONS, ROUTES_PAR_LIEN
from tests.droits.matrice_couverture import ROUTES_API_COUVERTURE
from tests.droits.matrice_donnees import ROUTES_DE_DONNEES
from tests.droits.matrice_dossier import ROUTES_API_DOSSIER
from tests.droits.matrice_historique import ETAPE_EFFACEE
from tests.droits.matrice_lots import ROUTES_API_LOTS
from tests.droits.matrice_partage import ROUTES_API_PARTAGE, ROUTES_DE_BIBLIOTHEQUE
from tests.droits.matrice_pilotage import ROUTES_DE_RAPPORT
from tests.droits.matrice_tableur import TABLEUR
from tests.droits.matrice_vues import ROUTES_A_SOI, VUES
from tests.factories import (
    ActionFactory,
    AvenantFactory,
    AxeFactory,
    BilanFactory,
    ChampLibreFactory,
    ContributionFactory,
    DocumentActionFactory,
    DossierFichesFactory,
    FinancementFactory,
    ImportPlanFactory,
    IndicateurFactory,
    JalonFactory,
    LigneBudgetFactory,
    LotFactory,
    NoteSuiviFactory,
    PartageActionFactory,
    ParticipationFactory,
    PartieFactory,
    SectionBilanFactory,
    TravailFactory,
    UtilisateurFactory,
)

TABLE = [*COMMUNE, *TABLEUR, *VUES, *ARGENT, *A_FAIRE]
METHODES = ("GET", "POST")
CHEZ = ("elle", "la voisine")


@dataclass
class Lieu:
    """Un contrat et un objet de chaque sorte."""

    contrat: Any
    action: Any
    avenant: Any
    axe: Any
    champ_libre: Any
    document: Any
    jalon: Any
    note: Any
    partie: Any
    participation: Any
    indicateur: Any
    bilan: Any
    publie: Any
    ligne: Any
    financement: Any
    recu: Any
    lot: Any
    contribution: Any
    lien: Any
    jetee: Any
    partage: Any
    copie: Any
    dossier: Any

    def arguments(self, ligne: Ligne) -> dict[str, Any]:
        if not ligne.objet:
            return dict(ligne.parametres)
        if ligne.objet == "slug":
            return {"slug": self.contrat.slug, **ligne.parametres}
        if ligne.objet == "cle":
            return {"cle": str(self.contrat.pk), **ligne.parametres}
        return {"pk": getattr(self, ligne.objet).pk, **ligne.parametres}


def garnir(contrat: Contrat, action: Any) -> Lieu:
    bilan = BilanFactory(
        contrat=contrat, annee=2025, avec_pdf=True, travail=TravailFactory(fait=True)
    )
    SectionBilanFactory(bilan=bilan)
    contribution = ContributionFactory(action=action, recue=True)
    JalonFactory(action=action, id=ETAPE_EFFACEE).delete()
    return Lieu(
        contrat=contrat,
        action=action,
        avenant=AvenantFactory(contrat=contrat),
        axe=action.axe,
        champ_libre=ChampLibreFactory(contrat=contrat),
        document=DocumentActionFactory(action=action),
        jalon=JalonFactory(action=action),
        note=NoteSuiviFactory(action=action),
        partie=PartieFactory(contrat=contrat),
        participation=ParticipationFactory(contrat=contrat, role="LECTEUR"),
        indicateur=IndicateurFactory(contrat=contrat, actions=[action]),
        bilan=bilan,
        publie=BilanFactory(contrat=contrat, annee=2024, publie=True),
        ligne=LigneBudgetFactory(action=action),
        financement=FinancementFactory(action=action),
        recu=ImportPlanFactory(contrat=contrat),
        lot=LotFactory(contrat=contrat, fiches=[action]),
        contribution=contribution,
        lien=contribution.lien,
        jetee=ActionFactory(contrat=contrat, corbeille_le=timezone.now()),
        partage=PartageActionFactory(contrat=contrat, action__contrat__region_id="76"),
        copie=TravailFactory(genre="copie_plan", cible_id=contrat.pk, fait=True),
        dossier=DossierFichesFactory(
            contrat=contrat, fiches=[action.pk], demande_par=UtilisateurFactory()
        ),
    )


@pytest.fixture(scope="module")
def monde(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[dict[str, Lieu], dict[str, Any]]]:
    """Les deux lieux et la troupe, créés une fois : aucune case n’y laisse rien."""
    with troupes.pour_tout_le_fichier(django_db_blocker):
        contrat, action, autre, troupe = troupes.deux_contrats()
        with horloge.a(horloge.AUJOURDHUI):
            ailleurs = ActionFactory(contrat=autre, axe=AxeFactory(contrat=autre))
            lieux = {"elle": garnir(contrat, action), "la voisine": garnir(autre, ailleurs)}
        yield lieux, {nom: troupe[nom] for nom in PERSONNAGES}


@pytest.fixture
def lieux(monde, db) -> dict[str, Lieu]:
    return monde[0]


@pytest.fixture
def troupe(monde, db) -> dict[str, Any]:
    return monde[1]


@contextmanager
def sans_suite() -> Iterator[None]:
    """Ce que la requête écrit est défait : chaque case de la matrice part du même état."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def obtenu(client: Client, ligne: Ligne, lieu: Lieu) -> int:
    adresse = reverse(ligne.route, kwargs=lieu.arguments(ligne))
    with sans_suite():
        reponse = getattr(client, ligne.methode.lower())(adresse, dict(ligne.donnees))
        if reponse.streaming:
            b"".join(reponse.streaming_content)
    return reponse.status_code


@pytest.mark.parametrize("ligne", TABLE, ids=lambda ligne: f"{ligne.methode} {ligne.route}")
def test_chacun_recoit_la_reponse_de_la_table(ligne, lieux, troupe, client_de):
    ecarts = []
    for nom, personne in troupe.items():
        client = client_de(personne)
        for chez in CHEZ if ligne.objet else CHEZ[:1]:
            voulu, recu = attendu(ligne, nom, chez), obtenu(client, ligne, lieux[chez])
            if recu != voulu:
                ecarts.append(f"{nom} chez {chez} : {recu} au lieu de {voulu}")
    assert not ecarts, "\n".join(["", *ecarts])


SANS_LIGNE = [
    Ligne(ligne.route, methode, ligne.qui, 405, ligne.objet, {}, ligne.parametres)
    for ligne in {autre.route: autre for autre in TABLE}.values()
    for methode in METHODES
    if not any(t.route == ligne.route and t.methode == methode for t in TABLE)
]


@pytest.mark.parametrize("ligne", SANS_LIGNE, ids=lambda ligne: f"{ligne.methode} {ligne.route}")
def test_une_methode_sans_ligne_est_refusee_meme_a_l_administratrice(
    ligne, lieux, troupe, client_de
):
    assert obtenu(client_de(troupe["administratrice"]), ligne, lieux["elle"]) == 405


def test_chaque_route_de_la_plateforme_est_dans_une_table():
    connues = (
        {ligne.route for ligne in TABLE}
        | ROUTES_API
        | ROUTES_A_SOI
        | ROUTES_API_ARGENT
        | ROUTES_API_LOTS
        | ROUTES_API_DOSSIER
        | ROUTES_API_COUVERTURE
        | ROUTES_DE_DONNEES
        | ROUTES_DE_DOCTRINE
        | ROUTES_API_CONTRIBUTIONS
        | ROUTES_PAR_LIEN
        | ROUTES_DES_COMPTES
        | ROUTES_DE_BIBLIOTHEQUE
        | ROUTES_API_PARTAGE
        | ROUTES_DE_RAPPORT
    )
    servies = {r.nom for r in routes() if not r.chemin.startswith("administration/")}
    assert servies - connues == set(), "ajoutez ces routes à la matrice"
    assert connues - servies == set(), "ces lignes ne servent plus"


def test_la_table_parle_de_chaque_personnage():
    for ligne in TABLE:
        assert ligne.qui <= set(PERSONNAGES)
        assert ligne.methode in METHODES
