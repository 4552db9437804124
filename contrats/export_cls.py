"""La liste des contrats dans le format qui s’importe : la redonner telle quelle ne change rien."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cls_platform.socle.tableur import liste
from cls_platform.socle.tableur.feuille import Valeur
from contrats.etats import Phase
from contrats.import_cls.colonnes import EXPORTEES
from contrats.import_cls.references import code_de
from contrats.models import Contrat, Partie, Perimetre, RolePartie

FEUILLE = "Contrats"
ENTRE_DEUX_CODES = " "


def exporter_cls(contrats: Any, extension: str = "csv") -> bytes:
    """Trois requêtes. Un contrat sans numéro y porte son adresse."""
    lus: list[Contrat] = list(contrats.order_by("region_id", "cle_tri", "-generation", "pk"))
    pks = [contrat.pk for contrat in lus]
    communes, porteurs = _communes(pks), _porteurs(pks)
    lignes = [
        _ligne(contrat, communes[contrat.pk], porteurs.get(contrat.pk, "")) for contrat in lus
    ]
    entetes = [colonne.entete for colonne in EXPORTEES]
    return liste.ecrire(extension, FEUILLE, entetes, lignes)


def _ligne(contrat: Contrat, communes: Iterable[str], siren: str) -> list[Valeur]:
    return [
        code_de(contrat.numero, contrat.slug),
        contrat.nom,
        contrat.region_id,
        siren,
        ENTRE_DEUX_CODES.join(communes),
        contrat.date_signature,
        contrat.date_debut,
        contrat.date_fin,
        contrat.generation,
        str(Phase(contrat.phase).label),
    ]


def _communes(contrats: list[UUID]) -> dict[UUID, list[str]]:
    presences = Perimetre.objects.ouvertes().filter(contrat__pk__anyof=contrats)
    communes: dict[UUID, list[str]] = defaultdict(list)
    for contrat, code in presences.order_by("commune_id").values_list("contrat_id", "commune_id"):
        communes[contrat].append(code)
    return communes


def _porteurs(contrats: list[UUID]) -> dict[UUID, str]:
    """Le premier porteur qui a un SIREN."""
    porteurs = Partie.objects.filter(contrat__pk__anyof=contrats, role=RolePartie.PORTEUR)
    lus = porteurs.exclude(acteur__siren="").order_by("-acteur__cle_tri", "-pk")
    return dict(lus.values_list("contrat_id", "acteur__siren"))
