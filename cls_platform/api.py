"""Le routeur de `/api/v1/` : il rassemble les ressources des quatre applications."""

from django.urls import path, re_path
from rest_framework.routers import DefaultRouter

from acteurs.api.schema import SchemaJeton, SchemaSession
from acteurs.api.urls import RESSOURCES as DES_ACTEURS
from bilans.api.urls import ADRESSES as DES_DOCUMENTS
from bilans.api.urls import REPONSES as REPONSES_DES_BILANS
from bilans.api.urls import RESSOURCES as DES_BILANS
from cls_platform.socle.api.vues import RouteInconnue, SchemaOpenApi, documentation
from contrats.api.urls import REPONSES as REPONSES_DES_CONTRATS
from contrats.api.urls import RESSOURCES as DES_CONTRATS
from indicateurs.api.urls import REPONSES as REPONSES_DES_INDICATEURS
from indicateurs.api.urls import RESSOURCES as DES_INDICATEURS

# Chargés ici : drf-spectacular les découvre par leur existence
IDENTIFICATIONS = (SchemaJeton, SchemaSession)

app_name = "api"

router = DefaultRouter()
router.include_format_suffixes = False
REPONSES = (*REPONSES_DES_CONTRATS, *REPONSES_DES_INDICATEURS, *REPONSES_DES_BILANS)
RESSOURCES = (*DES_ACTEURS, *DES_CONTRATS, *DES_INDICATEURS, *DES_BILANS, *REPONSES)
for nom, ressource in RESSOURCES:
    router.register(nom, ressource, basename=nom)

urlpatterns = [
    *router.urls,
    *DES_DOCUMENTS,
    path("schema/", SchemaOpenApi.as_view(), name="schema"),
    path("docs/", documentation, name="docs"),
    # Sans barre finale, Django redirige d’abord vers l’adresse qui en a une ; un fichier n’en a pas
    re_path(r"^.*(?:/|\.\w+)$", RouteInconnue.as_view(), name="inconnue"),
]
