"""Le schéma OpenAPI : il dit vrai, il est à jour, l’API le tient."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck
from hypothesis import settings as reglages
from hypothesis.strategies import data as donnees
from hypothesis.strategies import sampled_from
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from acteurs.models import Portee
from contrats.models import Action, Contrat
from tests.appuis.api import RACINE
from tests.factories import (
    AvisBilanFactory,
    AxeFactory,
    BilanFactory,
    CampagneFactory,
    ContributionFactory,
    FicheOfferteFactory,
    FinancementFactory,
    IndicateurFactory,
    JetonFactory,
    LigneBudgetFactory,
    LotFactory,
    MesureFactory,
    ObjectifFactory,
    PartageActionFactory,
)

COMMITE = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
PROMESSES = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
)
VERSIONS = (None, '"1"', '"2"', '"1-0123456789abcdef"', "*")


def engendre() -> bytes:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return OpenApiYamlRenderer().render(schema, renderer_context={})


def test_le_schema_commite_est_celui_du_code() -> None:
    assert COMMITE.read_bytes() == engendre(), (
        "Le schéma a changé : relancez `manage.py spectacular --file docs/openapi.yaml` et relisez "
        "la différence comme un changement public."
    )


def test_le_schema_est_un_openapi_3_1_sans_avertissement() -> None:
    GENERATOR_STATS.reset()
    schema = yaml.safe_load(engendre())

    validate_schema(schema)
    assert schema["openapi"] == "3.1.0"
    assert not GENERATOR_STATS


@pytest.mark.parametrize(
    ("accept", "type_de_contenu"),
    [
        ("*/*", "application/vnd.oai.openapi"),
        ("application/yaml", "application/yaml"),
        ("application/json", "application/json"),
    ],
)
def test_le_schema_se_lit_sans_compte(db: None, accept: str, type_de_contenu: str) -> None:
    reponse = Client().get(f"{RACINE}schema/", headers={"Accept": accept})

    assert reponse.status_code == 200
    assert reponse["Content-Type"].split(";")[0] == type_de_contenu
    assert (
        yaml.safe_load(reponse.content)["info"]["title"] == settings.SPECTACULAR_SETTINGS["TITLE"]
    )


def test_la_documentation_dit_chaque_operation_sans_javascript(db: None) -> None:
    page = Client().get(f"{RACINE}docs/").content.decode()

    operations = [
        operation["operationId"]
        for chemin in yaml.safe_load(COMMITE.read_bytes())["paths"].values()
        for operation in chemin.values()
    ]
    assert operations
    assert all(f'id="{operation}"' in page for operation in operations)


def test_la_documentation_ne_charge_rien_d_ailleurs(db: None) -> None:
    page = Client().get(f"{RACINE}docs/").content.decode()

    assert 'src="http' not in page
    assert "<style" not in page
    assert " style=" not in page


@pytest.fixture
def connexion_du_test(db: None) -> Iterator[None]:
    """Le vrai serveur WSGI rend la connexion après chaque demande ; le test garde la sienne."""
    signaux = (request_started, request_finished)
    for signal in signaux:
        signal.disconnect(close_old_connections)
    yield
    for signal in signaux:
        signal.connect(close_old_connections)


@pytest.fixture
def existants(contrat: Contrat, action: Action, coordinatrice: Any) -> dict[str, str]:
    """Par ressource, l’identifiant d’un objet que la coordinatrice peut écrire."""
    indicateur = IndicateurFactory(contrat=contrat, actions=[action])
    axe = AxeFactory(contrat=contrat)
    objets = {
        "acteurs": action.pilote,
        "contrats": contrat,
        "axes": axe,
        "objectifs": ObjectifFactory(axe=axe),
        "actions": action,
        "lignes_budget": LigneBudgetFactory(action=action),
        "financements": FinancementFactory(action=action),
        "lots": LotFactory(contrat=contrat, fiches=[action]),
        "partages": PartageActionFactory(action=action),
        "bibliotheque": FicheOfferteFactory(action=action),
        "contributions": ContributionFactory(action=action),
        "indicateurs": indicateur,
        "mesures": MesureFactory(indicateur=indicateur),
        "bilans": BilanFactory(contrat=contrat, publie=True, instantane={"essai": True}),
        "campagnes": CampagneFactory(du_contrat=True, contrat=contrat),
    }
    publie, brouillon = objets["bilans"], BilanFactory(contrat=contrat, annee=2024)
    avis = AvisBilanFactory(bilan=brouillon, acteur=coordinatrice.acteur or action.pilote)
    objets |= {"editions-bilans": publie, "avis-bilans": avis}
    cles = {
        "documents-bilans": f"{publie.pk}.PUBLIC",
        "parties-bilans": f"{brouillon.pk}.EDITO",
    }
    codes = cles | {"regions": "53", "departements": "29", "epci": "200068120", "communes": "29232"}
    return {**codes, **{nom: str(objet.pk) for nom, objet in objets.items()}}


DJANGO: Any = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Comme un serveur : chaque réponse est fermée une fois lue, et son fichier avec elle."""
    with closing(DJANGO(environ, start_response)) as reponse:
        return list(reponse)


api = schemathesis.openapi.from_path(COMMITE)
api.app = application
api.config.phases.update(phases=["fuzzing"])  # borné : dix appels par opération


@api.given(hasard=donnees())
@api.parametrize()
@reglages(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_l_api_tient_ce_que_dit_son_schema(
    case: Any, hasard: Any, existants: dict[str, str], coordinatrice: Any, connexion_du_test: None
) -> None:
    """Des corps, des filtres et des en-têtes au hasard, sur de vrais objets et d’autres."""
    jeton = JetonFactory(utilisateur=coordinatrice, portees=list(Portee))
    nom = case.path.removeprefix(RACINE).split("/")[0]
    if case.path_parameters and nom in existants and hasard.draw(sampled_from([True, True, False])):
        case.path_parameters = dict.fromkeys(case.path_parameters, existants[nom])
    entetes = {}
    if hasard.draw(sampled_from([True, True, False])):
        entetes["Authorization"] = f"Bearer {jeton.secret}"
    if version := hasard.draw(sampled_from(VERSIONS)):
        entetes["If-Match"] = version

    reponse = case.call(headers=entetes)

    case.validate_response(reponse, checks=PROMESSES)
