"""Les communes derrière un chiffre, à l’écran et dans un tableur."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from cls_platform.socle import presentation, typographie
from cls_platform.socle.tableur.feuille import Valeur
from contrats.couverture_etats import (
    CommuneDuChiffre,
    ContratCouvrant,
    ContratDuChiffre,
    EtatCouverture,
)
from contrats.liens_de_contrats import LienDeContrat
from contrats.presentation.couverture import Question

# La forme et la couleur d’un état : celles d’une phase qui dit la même chose
SIGNES = {
    EtatCouverture.SIGNE.value: "MISE_EN_OEUVRE",
    EtatCouverture.FINIT_BIENTOT.value: "EN_RETARD",
    EtatCouverture.PLUSIEURS.value: "REALISEE",
    EtatCouverture.EN_PROJET.value: "EN_COURS",
    EtatCouverture.AUCUN.value: "A_VENIR",
}
ENTETES = (
    "code",
    "nom",
    "population",
    "departement",
    "region",
    "epci",
    "epci_nom",
    "etat",
    "contrats_signes",
    "contrats_en_projet",
    "date",
)
ENTETES_DES_CONTRATS = (
    "nom",
    "compte_comme",
    "debut",
    "fin",
    "communes",
    "population",
    "date",
)


@dataclass(frozen=True, slots=True)
class ContratCite:
    """Un contrat qui couvre la commune : son lien, et jusqu’à quand."""

    nom: str
    adresse: str
    precision: str


@dataclass(frozen=True, slots=True)
class LigneDeCommune:
    code: str
    nom: str
    adresse: str
    departement: str
    region: str
    population: str
    epci: str
    epci_nom: str
    etat: SafeString
    contrats: tuple[ContratCite, ...]


def etat_ecrit(etat: str) -> SafeString:
    return presentation.statut(SIGNES[etat], EtatCouverture(etat).label)


def contrats_cites(
    communes: Iterable[CommuneDuChiffre],
) -> tuple[dict[UUID, str], set[UUID]]:
    """Le nom de chaque contrat cité, et ceux qui ne sont qu’en projet."""
    noms: dict[UUID, str] = {}
    projets: set[UUID] = set()
    for commune in communes:
        noms |= {contrat.id: contrat.nom for contrat in (*commune.signes, *commune.projets)}
        projets |= {contrat.id for contrat in commune.projets}
    return noms, projets


def lignes_de_communes(
    communes: Iterable[CommuneDuChiffre],
    liens: Mapping[UUID, LienDeContrat],
    question: Question,
    regions: Mapping[str, str] | None = None,
) -> Iterator[LigneDeCommune]:
    """`regions` : leurs noms, s’il faut les dire."""
    for commune in communes:
        page = reverse("contrats:couverture_commune", args=[commune.code])
        yield LigneDeCommune(
            code=commune.code,
            nom=commune.nom,
            adresse=f"{page}{question.suite}",
            departement=commune.departement,
            region=(regions or {}).get(commune.region, commune.region),
            population="" if commune.population is None else typographie.nombre(commune.population),
            epci=commune.epci or "",
            epci_nom=commune.epci_nom,
            etat=etat_ecrit(commune.etat),
            contrats=tuple(_cites(commune.signes, liens)) + tuple(_cites(commune.projets, liens)),
        )


def _cites(
    contrats: Sequence[ContratCouvrant], liens: Mapping[UUID, LienDeContrat]
) -> Iterator[ContratCite]:
    for contrat in contrats:
        lien = liens[contrat.id]
        yield ContratCite(lien.nom, lien.adresse, _jusqu_au(contrat))


def _jusqu_au(contrat: ContratCouvrant) -> str:
    if not contrat.est_signe:
        return "en projet"
    return f"jusqu’au {typographie.date_courte(contrat.fin)}" if contrat.fin else "sans fin fixée"


def en_tableur(
    communes: Iterable[CommuneDuChiffre], liens: Mapping[UUID, LienDeContrat], le: date
) -> list[list[Valeur]]:
    return [
        [
            commune.code,
            commune.nom,
            commune.population,
            commune.departement,
            commune.region,
            commune.epci or "",
            commune.epci_nom,
            EtatCouverture(commune.etat).label,
            " ; ".join(liens[contrat.id].nom for contrat in commune.signes),
            " ; ".join(liens[contrat.id].nom for contrat in commune.projets),
            le,
        ]
        for commune in communes
    ]


def contrats_en_tableur(
    contrats: Iterable[ContratDuChiffre], liens: Mapping[UUID, LienDeContrat], le: date
) -> list[list[Valeur]]:
    return [
        [
            liens[contrat.id].nom,
            "Signé" if contrat.est_signe else "En projet",
            contrat.debut,
            contrat.fin,
            contrat.communes,
            contrat.population,
            le,
        ]
        for contrat in contrats
    ]
