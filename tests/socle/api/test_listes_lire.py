"""Les règles communes à toutes les listes de l’API."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoDbBlocker

from acteurs.api.urls import RESSOURCES as DES_ACTEURS
from bilans.api.urls import RESSOURCES as DES_BILANS
from cls_platform.socle.api.rendu import en_json
from cls_platform.socle.api.ressources import Ressource
from contrats.api.urls import RESSOURCES as DES_CONTRATS
from contrats.models import Action, Contrat, RoleActeur
from indicateurs.api.urls import RESSOURCES as DES_INDICATEURS
from indicateurs.models import Indicateur
from tests.appuis import horloge
from tests.appuis import troupe as troupes
from tests.appuis.api import decrits_un_par_un, outil, resultats
from tests.appuis.requetes import BEAUCOUP, PEU
from tests.appuis.requetes import nombre_requetes as nombre_requetes_de
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    AvenantFactory,
    AvisBilanFactory,
    AxeFactory,
    BeneficiairesFactory,
    BesoinFactory,
    BilanFactory,
    CampagneFactory,
    ContratFactory,
    ContributionFactory,
    DecisionFactory,
    DoctrineFactory,
    EffetFactory,
    EtapeEvaluationFactory,
    EvaluationFactory,
    FicheOfferteFactory,
    FinancementFactory,
    IndicateurFactory,
    InstanceFactory,
    JalonFactory,
    LigneBudgetFactory,
    LotFactory,
    MesureFactory,
    ObjectifFactory,
    PartageActionFactory,
    PresenceFactory,
    QuestionEvaluativeFactory,
    RecitFactory,
    RecommandationFactory,
    ReunionFactory,
)

RESSOURCES = [*DES_ACTEURS, *DES_CONTRATS, *DES_INDICATEURS, *DES_BILANS]
LECTEURS = ["coordinatrice", "agent_ars", "voisine", "administratrice", "anonyme"]
# L’argent, la relecture et le suivi ne se lisent pas sans compte
JAMAIS_PUBLICS = {
    "lignes_budget", "financements", "partages", "lots", "contributions", "bibliotheque",
    "doctrines", "recits", "besoins", "effets", "evaluations", "etapes-evaluation",
    "questions-evaluatives", "recommandations", "instances", "decisions", "campagnes",
    "avis-bilans",
}  # fmt: skip
# L’ARS suit le plan et ne le modifie pas
DE_QUI_MODIFIE = {"lots", "contributions", "bibliotheque"}
# Session, compte, compte total, identifiants, lignes, thèmes et publics, partenaires, une marge
REQUETES_AU_PLUS = 8


@pytest.fixture(scope="module")
def monde(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Contrat, dict[str, Any]]]:
    """Deux contrats fournis, écrits une fois : chaque essai défait ce qu’il y ajoute."""
    with troupes.pour_tout_le_fichier(django_db_blocker):
        contrat, _, autre, troupe = troupes.deux_contrats()
        with horloge.a(horloge.AUJOURDHUI):
            fournir(contrat, autre, pilote=troupe["pilote"])
        yield contrat, troupe


def fournir(*contrats: Contrat, pilote: Any) -> None:
    """Des textes, des liens, des vides, un secret, un bilan."""
    for proprietaire in contrats:
        peupler(proprietaire, 2)
        axe = AxeFactory(contrat=proprietaire)
        interne = ActionFactory(
            contrat=proprietaire, axe=axe, interne=True, pilote_personne=pilote, en_retard=True
        )
        indicateur = IndicateurFactory(contrat=proprietaire, ratio=True, actions=[interne])
        MesureFactory(indicateur=indicateur, annee=2024, commentaire="Deux agents absents.")
        MesureFactory(indicateur=indicateur, annee=2025, secrete=True)
        AvisBilanFactory(bilan=BilanFactory(contrat=proprietaire, annee=2024))
        BilanFactory(contrat=proprietaire, annee=2023, publie=True, instantane={"essai": True})
        DoctrineFactory(region_id=proprietaire.region_id)
        CampagneFactory(region_id=proprietaire.region_id)


def peupler(contrat: Contrat, nombre: int) -> None:
    for _ in range(nombre):
        axe = AxeFactory(contrat=contrat)
        objectif = ObjectifFactory(axe=axe)
        action = ActionFactory(
            contrat=contrat,
            axe=axe,
            objectif=objectif,
            pilote=ActeurFactory(),
            contexte="Onze médecins pour vingt mille habitants.",
            themes=["prevention", "acces_soins"],
        )
        ActionActeurFactory(action=action)
        ActionActeurFactory(action=action, role=RoleActeur.FINANCEUR)
        JalonFactory(action=action, fait=True)
        JalonFactory(action=action)
        LigneBudgetFactory(action=action)
        BeneficiairesFactory(action=action)
        FinancementFactory(action=action)
        PartageActionFactory(action=action)
        FicheOfferteFactory(action=action)
        LotFactory(contrat=contrat, fiches=[action])
        ContributionFactory(action=action, recue=True)
        AvenantFactory(contrat=contrat, types=["programme"], signe=True)
        indicateur = IndicateurFactory(contrat=contrat, axe=axe, actions=[action])
        MesureFactory(indicateur=indicateur)
        RecitFactory(indicateur=indicateur)
        BesoinFactory(contrat=contrat, objectifs=[objectif])
        EffetFactory(action=action, indicateur=indicateur)
        evaluer(contrat, action, indicateur)
        gouverner(contrat)
        CampagneFactory(du_contrat=True, contrat=contrat, annee=2030 + contrat.campagnes.count())


def evaluer(contrat: Contrat, action: Action, indicateur: Indicateur) -> None:
    evaluation = EvaluationFactory(contrat=contrat)
    EtapeEvaluationFactory(evaluation=evaluation)
    question = QuestionEvaluativeFactory(evaluation=evaluation, indicateurs=[indicateur])
    RecommandationFactory(evaluation=evaluation, question=question, actions=[action])


def gouverner(contrat: Contrat) -> None:
    instance = InstanceFactory(contrat=contrat, membres=[ActeurFactory()])
    ReunionFactory(instance=instance, publique=True)
    tenue = ReunionFactory(instance=instance, tenue=True)
    PresenceFactory(reunion=tenue)
    DecisionFactory(reunion=tenue)


@pytest.fixture
def contrat(monde: Any, db: None) -> Contrat:
    return monde[0]


@pytest.fixture
def coordinatrice(monde: Any, db: None) -> Any:
    return monde[1]["coordinatrice"]


@pytest.mark.parametrize("lecteur", LECTEURS)
@pytest.mark.parametrize(("nom", "vue"), RESSOURCES, ids=[nom for nom, _ in RESSOURCES])
def test_une_liste_donne_le_meme_json_que_son_serializer(
    nom: str, vue: type[Ressource], lecteur: str, monde: Any, db: None
) -> None:
    personne = monde[1][lecteur]
    client = outil(personne) if personne.is_authenticated else Client()
    demande = RequestFactory().get(f"/api/v1/{nom}/")
    demande.user = personne

    lignes = resultats(client, f"{nom}/", page_size=200)

    sans_droit = {"anonyme": JAMAIS_PUBLICS, "agent_ars": DE_QUI_MODIFIE}
    assert bool(lignes) == (nom not in sans_droit.get(lecteur, ()))
    assert lignes == orjson.loads(en_json(decrits_un_par_un(vue, demande)))[:200]


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(
    contrat: Contrat, coordinatrice: Any, client_de: Any
) -> None:
    """Un seul monde, trois lignes puis trente, pour toutes les ressources."""
    client = client_de(coordinatrice)
    peu: dict[str, int] = {}
    for nombre in (PEU, BEAUCOUP - PEU):
        peupler(contrat, nombre)
        for _ in range(nombre):
            ContratFactory(public=True, signe=True)
            annee = 2030 + contrat.bilans.count()
            BilanFactory(contrat=contrat, annee=annee)
            BilanFactory(contrat=contrat, annee=annee, publie=True, edition=2, instantane={"e": 1})
        comptes = {nom: requetes_de_la_liste(client, nom) for nom, _ in RESSOURCES}
        peu = peu or comptes

    assert {nom: n for nom, n in comptes.items() if n > min(peu[nom], REQUETES_AU_PLUS)} == {}


def requetes_de_la_liste(client: Client, nom: str) -> int:
    """La première lecture chauffe ce qui se calcule une fois."""
    resultats(client, f"{nom}/", page_size=200)
    return nombre_requetes_de(lambda: resultats(client, f"{nom}/", page_size=200))


def test_une_page_d_actions_filtree_tient_en_huit_requetes_pour_10_100_et_500_fiches(
    contrat: Contrat, coordinatrice: Any, client_de: Any, nombre_requetes: Any
) -> None:
    client = client_de(coordinatrice)
    comptes = []
    for total in (10, 100, 500):
        manque = total - contrat.actions.count()
        peupler_en_masse(contrat, manque)
        comptes.append(
            nombre_requetes(
                lambda: resultats(client, "actions/", region="53", statut="EN_COURS", page_size=100)
            )
        )

    assert len(set(comptes)) == 1
    assert comptes[0] <= REQUETES_AU_PLUS


def peupler_en_masse(contrat: Contrat, nombre: int) -> None:
    modele = ActionFactory._meta.model
    modele.objects.bulk_create(
        ActionFactory.build(
            contrat=contrat, ordre=rang, numero=str(rang), date_fin=date(2027, 12, 31)
        )
        for rang in range(nombre)
    )
