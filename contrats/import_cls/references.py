"""Ce à quoi une liste de contrats se compare : territoires, porteurs, contrats connus. Par lots."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from acteurs.models import Acteur, Commune, Epci, Ept, NiveauTerritoire, Region
from acteurs.resolution import Trouve, couper, normaliser, resoudre
from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.feuille import epurer
from cls_platform.socle.tableur.table import Ligne, montrer
from contrats.import_cls.colonnes import CODE, COMMUNES, PORTEUR
from contrats.import_cls.valeurs import normal
from contrats.models import Avenant, Contrat, Partie, PassagePhase, Perimetre, RolePartie

COMMUNE = NiveauTerritoire.COMMUNE
SIREN = 9


@dataclass(frozen=True, slots=True)
class Organisation:
    """Un porteur possible. `pk` None : il serait créé, avec ces valeurs."""

    pk: UUID | None
    nom: str
    valeurs: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ContratConnu:
    """`prolongations` : les numéros des avenants signés qui ont reporté la fin."""

    contrat: Contrat
    perimetres: list[Perimetre] = field(default_factory=list)
    porteurs: list[Partie] = field(default_factory=list)
    passages: list[PassagePhase] = field(default_factory=list)
    prolongations: list[int] = field(default_factory=list)


@dataclass(slots=True)
class References:
    """`groupes` : SIREN d’une intercommunalité → ses communes, et l’Epci qui les apporte."""

    regions: dict[str, str]
    noms_de_regions: dict[str, str]
    agences: dict[str, UUID]
    communes: dict[str, Trouve]
    groupes: dict[str, tuple[list[str], str | None]]
    organisations: dict[str, Organisation]
    contrats: dict[str, ContratConnu]

    def region(self, nom: str) -> str:
        """Le code d’une région d’après son nom ; vide si aucune ne le porte."""
        return self.noms_de_regions.get(cle(nom), "")


def lire_references(lignes: Sequence[Ligne]) -> References:
    """Une douzaine de requêtes, quel que soit le nombre de lignes."""
    codes = {code for ligne in lignes for code in codes_de(ligne)}
    sirens = {code for code in codes if len(code) == SIREN}
    porteurs = {siren for ligne in lignes if (siren := siren_de(ligne))}
    regions = dict(Region.objects.actuelles().values_list("pk", "nom"))
    contrats = _contrats({normal(ligne.texte(CODE.cle)) for ligne in lignes})
    groupes = _groupes(sirens)
    presentes = {p.commune_id for connu in contrats.values() for p in connu.perimetres}
    membres = {code for codes_du_groupe, _ in groupes.values() for code in codes_du_groupe}
    return References(
        regions=regions,
        noms_de_regions={cle(nom): code for code, nom in regions.items()},
        agences=dict(Acteur.objects.ars().values_list("region_id", "pk")),
        communes=resoudre(COMMUNE, (codes - sirens) | presentes | membres),
        groupes=groupes,
        organisations=_organisations(porteurs),
        contrats=contrats,
    )


def codes_de(ligne: Ligne) -> list[str]:
    """Codes Insee et SIREN de la cellule, comme ils s’écrivent."""
    return [normaliser(COMMUNE, code) for code in couper(montrer(ligne.valeurs.get(COMMUNES.cle)))]


def siren_de(ligne: Ligne) -> str:
    return "".join(c for c in ligne.texte(PORTEUR.cle) if c.isascii() and c.isdigit())


def _groupes(sirens: Collection[str]) -> dict[str, tuple[list[str], str | None]]:
    """Les communes actuelles des intercommunalités et des établissements publics territoriaux."""
    groupes: dict[str, tuple[list[str], str | None]] = {}
    for colonne, est_epci in (("epci_id", True), ("ept_id", False)):
        membres = Commune.objects.actuelles().filter(**{f"{colonne[:-3]}__pk__anyof": sirens})
        for siren, code in membres.order_by("pk").values_list(colonne, "pk"):
            groupes.setdefault(siren, ([], siren if est_epci else None))[0].append(code)
    return groupes


def _organisations(sirens: Collection[str]) -> dict[str, Organisation]:
    """L’annuaire d’abord ; sinon la collectivité qui a ce SIREN, à y inscrire."""
    trouvees = {
        pk: Organisation(None, nom, {"type_id": "epci", "nom_court": court[:60], "epci_id": pk})
        for pk, nom, court in Epci.objects.actuelles()
        .filter(pk__anyof=sirens)
        .values_list("pk", "nom", "nom_court")
    }
    for pk, nom, court in (
        Ept.objects.actuelles().filter(pk__anyof=sirens).values_list("pk", "nom", "nom_court")
    ):
        trouvees[pk] = Organisation(None, nom, {"type_id": "epci", "nom_court": court[:60]})
    communes = Commune.objects.actuelles().filter(siren__anyof=sirens)
    for siren, code, nom in communes.values_list("siren", "pk", "nom"):
        trouvees[siren] = Organisation(
            None, f"Commune de {nom}", {"type_id": "commune", "commune_id": code}
        )
    connus = Acteur.objects.filter(siren__anyof=sirens).order_by(
        "-est_demonstration", "-cle_tri", "-pk"
    )
    for siren, acteur, nom in connus.values_list("siren", "pk", "nom"):
        trouvees[siren] = Organisation(acteur, nom)
    return trouvees


def code_de(numero: str, adresse: str) -> str:
    """Ce qui désigne un contrat dans une liste : son numéro, ou son adresse s’il n’en a pas."""
    return normal(epurer(numero)) or adresse


def _contrats(codes: Collection[str]) -> dict[str, ContratConnu]:
    """Les contrats que le fichier désigne, avec ce qui s’y compare ; six requêtes."""
    tous = Contrat.objects.order_by("-cree_le").values_list("pk", "numero", "slug")
    cles = {code_de(numero, adresse): pk for pk, numero, adresse in tous}
    voulus = {cles[code]: code for code in codes if code in cles}
    connus = {pk: ContratConnu(c) for pk, c in Contrat.objects.in_bulk(list(voulus)).items()}
    for liste, lignes in _lignes_des_contrats(list(connus)):
        for ligne in lignes:
            getattr(connus[ligne.contrat_id], liste).append(ligne)
    signes = Avenant.objects.signes().prolongations().filter(contrat__pk__anyof=list(connus))
    for pk, numero in signes.values_list("contrat_id", "numero"):
        connus[pk].prolongations.append(numero)
    return {voulus[pk]: connu for pk, connu in connus.items()}


def _lignes_des_contrats(pks: list[UUID]) -> Iterable[tuple[str, Iterable[Any]]]:
    porteurs = Partie.objects.filter(contrat__pk__anyof=pks, role=RolePartie.PORTEUR)
    passages = PassagePhase.objects.filter(contrat__pk__anyof=pks)
    yield (
        "perimetres",
        Perimetre.objects.filter(contrat__pk__anyof=pks).order_by("commune_id", "pk"),
    )
    yield "porteurs", porteurs.select_related("acteur").order_by("acteur__cle_tri", "pk")
    yield "passages", passages.order_by("date_effet", "pk")
