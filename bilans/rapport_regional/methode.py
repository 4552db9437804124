"""La page de méthode : ce qui est compté, comment, d’où cela vient."""

from collections.abc import Iterator
from dataclasses import dataclass

from bilans.dossier.passages import ecrit
from bilans.rapport_regional.chiffres import millesime_dit
from bilans.rapport_regional.instantane import Instantane
from cls_platform.socle.typographie import date_longue, nombre, pluriel


@dataclass(frozen=True, slots=True)
class Point:
    """Une rubrique et ses paragraphes."""

    titre: str
    lignes: tuple[str, ...]


def methode(instantane: Instantane) -> tuple[Point, ...]:
    return tuple(
        Point(ecrit(titre), tuple(ecrit(ligne) for ligne in lignes if ligne))
        for titre, lignes in _points(instantane)
    )


def _points(instantane: Instantane) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Ce qui est compté", tuple(_comptes(instantane))
    yield "Ce que l’on divise", tuple(_denominateurs(instantane))
    if instantane.pilotage is not None:
        yield "Le pilotage", tuple(_pilotage(instantane))
    yield "Les sources", tuple(_sources(instantane))


def _comptes(instantane: Instantane) -> Iterator[str]:
    yield (
        f"Signé : un contrat signé à cette date ({date_longue(instantane.le)}), commencé et pas "
        "fini ; les avenants en vigueur en changent la fin et le périmètre."
    )
    yield "En projet : un contrat ouvert, en phase de préparation ce jour-là."
    yield "Chaque commune compte une fois, même si deux contrats la couvrent."
    yield "Une date passée change les contrats comptés, jamais le nombre d’habitants."


def _denominateurs(instantane: Instantane) -> Iterator[str]:
    d = instantane.denominateurs
    millesime = millesime_dit(d)
    yield (
        f"Les {pluriel(d.communes, 'commune')} qui existent ce jour-là et leurs "
        f"{pluriel(d.population, 'habitant')}{millesime}."
    )
    if d.communes_sans_epci:
        yield (
            f"Y compris {pluriel(d.communes_sans_epci, 'commune')} sans intercommunalité "
            f"({pluriel(d.population_sans_epci, 'habitant')}) : îles dispensées, outre-mer."
        )
    if d.communes_du_pacifique:
        yield (
            f"Y compris {pluriel(d.communes_du_pacifique, 'commune')} du Pacifique "
            f"({pluriel(d.population_du_pacifique, 'habitant')}), hors du ressort d’une agence."
        )
    if d.communes_sans_population:
        yield (
            f"{pluriel(d.communes_sans_population, 'commune')} sans population publiée : une "
            "commune, zéro habitant."
        )


def _pilotage(instantane: Instantane) -> Iterator[str]:
    lu = instantane.pilotage
    if lu is None:
        return
    quels = "tous les contrats ouverts de la région"
    if instantane.lieu.delegations:
        quels = f"les contrats ouverts de : {', '.join(instantane.lieu.delegations)}"
    yield (
        f"Il porte sur {quels} que suit l’agence ({nombre(len(lu.contrats))}), tels qu’ils étaient "
        f"saisis le {date_longue(lu.le)}."
    )
    yield (
        "Les fiches réservées à l’équipe d’un plan n’y sont pas. Les parts ne se moyennent "
        "jamais : on réunit les effectifs, puis on divise ; sous cinq, aucune part ne s’écrit."
    )
    if lu.argent is None:
        yield "Les montants n’ont pas été demandés, ou ne sont pas lisibles par l’auteur."


def _sources(instantane: Instantane) -> Iterator[str]:
    yield "Contrats, fiches, signataires, budgets et indicateurs : saisis sur la plateforme."
    edition = instantane.denominateurs.edition
    fin = f", {edition}" if edition else ""
    yield f"Territoires et population : Insee et DGCL{fin}. Licence Ouverte 2.0."
    if instantane.carte:
        yield instantane.carte.sources
    for zonage in instantane.zonages:
        yield f"{zonage.nom} : {zonage.source}, {zonage.millesime}."
    yield (
        "Les données de ce rapport sont jointes au fichier : territoires.csv pour un tableur, "
        f"donnees.json pour un programme. Empreinte des données : {instantane.empreinte()[:16]}."
    )
    if instantane.est_demonstration:
        yield (
            "Démonstration : les contours et les populations sont réels, tous les contrats sont "
            "fictifs."
        )
