"""Ce que la base connaît et qu’un texte peut désigner, lu une fois par import."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from acteurs.models import Acteur
from cls_platform.socle.tableur.cles import cle
from contrats.models import Contrat
from contrats.models.organisations import organisations_de, personnes_de
from contrats.tableur.colonnes import COLONNES, Genre

AMBIGU = None


@dataclass(slots=True)
class Annuaire:
    """Chaque table va d’un mot comparable à une clé ; AMBIGU quand le mot désigne deux objets."""

    du_contrat: dict[str, UUID | None] = field(default_factory=dict)
    de_tous: dict[str, UUID | None] = field(default_factory=dict)
    noms: dict[UUID, str] = field(default_factory=dict)
    listes: dict[str, dict[str, str | None]] = field(default_factory=dict)
    libelles: dict[str, dict[str, str]] = field(default_factory=dict)
    communes: dict[str, str | None] = field(default_factory=dict)
    personnes: dict[str, UUID | None] = field(default_factory=dict)

    def organisation(self, texte: str) -> UUID | None:
        """Celles du contrat d’abord ; dans l’annuaire entier, seulement sans ambiguïté."""
        mot = cle(texte)
        return self.du_contrat.get(mot) or self.de_tous.get(mot)


def _ajouter(table: dict[str, Any], texte: str, valeur: Any) -> None:
    if not (mot := cle(texte)):
        return
    table[mot] = AMBIGU if mot in table and table[mot] != valeur else valeur


def _ranger(lignes: Iterable[tuple[UUID, str, str]]) -> dict[str, UUID | None]:
    table: dict[str, UUID | None] = {}
    for pk, nom, nom_court in lignes:
        _ajouter(table, nom, pk)
        _ajouter(table, nom_court, pk)
    return table


def lire_annuaire(contrat: Contrat) -> Annuaire:
    annuaire = Annuaire()
    tous = list(Acteur.objects.values_list("pk", "nom", "nom_court"))
    siennes = set(organisations_de(contrat).values_list("pk", flat=True))
    annuaire.noms = {pk: nom for pk, nom, _ in tous}
    annuaire.du_contrat = _ranger(ligne for ligne in tous if ligne[0] in siennes)
    annuaire.de_tous = _ranger(tous)
    if contrat.ars_id:
        annuaire.du_contrat.setdefault("ars", contrat.ars_id)
    for colonne in COLONNES:
        if colonne.genre is Genre.LISTE:
            _lire_liste(annuaire, colonne.cle, colonne.reference[1])
    for code, nom in contrat.perimetres.values_list("commune_id", "commune__nom"):
        _ajouter(annuaire.communes, nom, code)
        _ajouter(annuaire.communes, code, code)
    for personne in personnes_de(contrat):
        for texte in (
            f"{personne.prenom} {personne.nom}",
            f"{personne.nom} {personne.prenom}",
            personne.email,
        ):
            _ajouter(annuaire.personnes, texte, personne.pk)
    return annuaire


def _lire_liste(annuaire: Annuaire, nom: str, modele: Any) -> None:
    table: dict[str, str | None] = {}
    libelles = {}
    for objet in modele.objects.actives():
        libelles[objet.pk] = objet.libelle
        for texte in (objet.libelle, objet.pk, getattr(objet, "sigle", "")):
            _ajouter(table, texte, objet.pk)
        _ajouter(table, objet.libelle.partition("(")[0], objet.pk)
    annuaire.listes[nom] = table
    annuaire.libelles[nom] = libelles
