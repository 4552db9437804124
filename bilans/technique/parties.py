"""Les parties du bilan technique, hors des fiches : ce qu’elles disent, dans leur ordre."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bilans import textes
from bilans.dossier.contenu import Bloc, Champ, Passage, Section, Tableau
from bilans.dossier.passages import champ, ecrit, liste, passages
from bilans.etats_publics import MOTS, EtatPublic
from bilans.instantane import Instantane, Texte
from bilans.technique import argent, tableaux
from bilans.technique.donnees import Fiche, Instance, Technique
from bilans.technique.fiches import valeurs
from cls_platform.socle.typographie import INSECABLE, date_longue, nombre, pluriel

CONTEXTE, FICHES = "contexte", "fiches"
METHODE = (
    "Les données sont celles du jour dit en couverture, figées avec le bilan public.",
    "Un effectif de 1 à 4 personnes n’est pas donné, ni une valeur qui le ferait retrouver.",
    "L’avancement d’une action est la part de ses étapes faites, les abandonnées à part.",
    "L’argent, le temps de travail et les apports en nature ne s’additionnent jamais ensemble.",
)


@dataclass(frozen=True, slots=True)
class Partie:
    ancre: str
    titre: str
    sections: tuple[Section, ...]


def parties(
    instantane: Instantane, technique: Technique, *, avec_montants: bool
) -> tuple[list[Partie], list[Partie]]:
    """Celles d’avant les fiches, celles d’après ; une partie sans rien n’est pas rendue."""
    avant = [
        Partie(CONTEXTE, f"L’année {technique.annee}", tuple(_contexte(instantane, technique))),
        Partie("gouvernance", "La gouvernance", tuple(_gouvernance(technique))),
        Partie("avancement", "Où en sont les actions", tuple(_avancement(technique))),
    ]
    montants = tuple(_argent(technique)) if avec_montants else ()
    apres = [
        Partie("indicateurs", "Les indicateurs du contrat", tuple(_indicateurs(technique))),
        Partie("freins", "Freins et leviers", tuple(_freins(instantane, technique))),
        Partie("argent", "L’argent", montants),
        Partie("participation", "La participation", tuple(_participation(instantane, technique))),
        Partie("perspectives", "Les perspectives", tuple(_perspectives(instantane, technique))),
        Partie("annexes", "Annexes", tuple(_annexes(instantane, technique))),
    ]
    return [p for p in avant if p.sections], [p for p in apres if p.sections]


def _section(titre: str, *blocs: Bloc | None) -> Iterator[Section]:
    """Une section, s’il lui reste un bloc qui dise quelque chose."""
    gardes = tuple(b for b in blocs if b and (isinstance(b, Tableau) or b.passages))
    if gardes:
        yield Section("", ecrit(titre), gardes)


def _contexte(instantane: Instantane, technique: Technique) -> Iterator[Section]:
    contrat, lieu = instantane.contrat, instantane.territoire
    habitants = f", {pluriel(lieu.population, 'habitant')}" if lieu.population else ""
    debut, fin = contrat.date_debut, contrat.date_fin
    periode = f"du {date_longue(debut)} au {date_longue(fin)}" if debut and fin else ""
    avenants = "\n".join(
        f"Avenant {a.numero}{INSECABLE}: {a.titre}"
        + (f", signé le {date_longue(a.jour)}" if a.jour else "")
        for a in technique.avenants
    )
    yield from _section(
        "Le contrat",
        champ("Porteur", contrat.porteur),
        champ("Durée", periode),
        champ("Phase", technique.phase),
        champ("Territoire", f"{pluriel(len(lieu.communes), 'commune')}{habitants}"),
        champ(f"Avenants signés en {technique.annee}", avenants),
    )
    yield from _section("Les actions", *_comptes(instantane, technique))
    yield from _section("Le mot d’ouverture", *_texte(instantane.textes.edito))


def _comptes(instantane: Instantane, technique: Technique) -> Iterator[Champ]:
    total = pluriel(len(technique.fiches), "action")
    autres = ""
    if technique.reservees:
        autres = f" {pluriel(technique.reservees, 'autre')} est réservée à l’équipe du plan."
        if technique.reservees > 1:
            autres = f" {nombre(technique.reservees)} autres sont réservées à l’équipe du plan."
    yield champ("Suivies ici", f"{total}.{autres}")
    yield champ(f"Publiques, en {instantane.annee}", _etats(instantane.comptes))
    if avant := instantane.precedent:
        yield champ(f"Publiques, en {avant.annee}", _etats(avant.comptes))


def _etats(comptes: dict[EtatPublic, int]) -> str:
    dits = [
        f"{nombre(n)} {(MOTS[e].singulier if n < 2 else MOTS[e].pluriel).lower()}"
        for e, n in comptes.items()
        if n
    ]
    return ", ".join(dits)


def _texte(texte: Texte | None) -> Iterator[Champ]:
    """Un texte du bilan, bloc par bloc ; ses points sont des puces."""
    for bloc in textes.blocs(texte.texte) if texte else ():
        lignes = tuple(
            ecrit(f"{p.gras}{INSECABLE}: {p.texte}" if p.gras else p.texte)
            for p in bloc.paragraphes
        )
        yield Champ(ecrit(bloc.etiquette), (Passage(lignes, est_liste=bloc.est_point),))
    if texte and texte.signature:
        yield Champ("", passages(texte.signature))


def _gouvernance(technique: Technique) -> Iterator[Section]:
    for instance in technique.instances:
        yield from _section(
            instance.nom,
            champ("Instance", f"{instance.genre}, {instance.niveau.lower()}"),
            champ("Ce qu’elle décide", instance.role),
            champ("Réunions", "" if instance.reunions else f"Aucune en {technique.annee}."),
            tableaux.reunions(instance),
            *_ordres_du_jour(instance),
        )
    yield from _section("", tableaux.presences(technique.instances))
    yield from _section("", tableaux.decisions(technique.decisions))


def _ordres_du_jour(instance: Instance) -> Iterator[Champ]:
    for reunion in instance.reunions:
        yield champ(f"Ordre du jour, {date_longue(reunion.jour)}", reunion.ordre_du_jour)


def _avancement(technique: Technique) -> Iterator[Section]:
    yield from _section("", tableaux.avancement(technique))
    yield from _section("", tableaux.changements(technique))


def _indicateurs(technique: Technique) -> Iterator[Section]:
    """Ceux qu’aucune fiche ne porte ; les autres sont dans leurs fiches."""
    portes = {cle for fiche in technique.fiches for cle in fiche.indicateurs}
    seuls = [i for i in technique.indicateurs if i.cle not in portes]
    yield from _section("", _puces(valeurs(i) for i in seuls))


def _puces(lignes: Iterable[str]) -> Champ:
    ecrites = tuple(lignes)
    return Champ("", (Passage(ecrites, est_liste=True),) if ecrites else ())


def _freins(instantane: Instantane, technique: Technique) -> Iterator[Section]:
    yield from _section("Ce qui a été plus difficile", *_texte(instantane.textes.difficultes))
    for axe in technique.axes:
        titre = f"Axe {axe.numero}. {axe.titre}" if axe.numero else axe.titre
        yield from _section(titre, *(c for fiche in axe.fiches for c in _de_la_fiche(fiche)))


def _de_la_fiche(fiche: Fiche) -> Iterator[Champ]:
    dits = [
        f"{mot}{INSECABLE}: {texte}"
        for nom, mot in (("freins", "Frein"), ("leviers", "Levier"))
        for texte in (getattr(fiche, nom), *(getattr(fait, nom) for fait in fiche.faits))
        if texte
    ]
    if dits:
        yield champ(fiche.nom, "\n".join(dict.fromkeys(dits)))


def _argent(technique: Technique) -> Iterator[Section]:
    for tableau in argent.tableaux_du_contrat(technique):
        yield from _section("", tableau)


def _participation(instantane: Instantane, technique: Technique) -> Iterator[Section]:
    yield from _section("Ce que le bilan en dit", *_texte(instantane.textes.participation))
    publiques = [
        f"{date_longue(r.jour)}, {i.nom}{INSECABLE}: {r.etat.lower()}"
        + (f", {pluriel(r.participants, 'participant')}" if r.participants else "")
        for i in technique.instances
        for r in i.reunions
        if r.est_publique
    ]
    yield from _section("Les réunions ouvertes au public", _puces(map(ecrit, publiques)))


def _perspectives(instantane: Instantane, technique: Technique) -> Iterator[Section]:
    annonces = instantane.annonces
    yield from _section("Ce que le bilan annonce", *_texte(instantane.textes.perspectives))
    if annonces:
        devenirs = [
            f"{a.texte}{INSECABLE}: {a.libelle or 'devenir non dit'}. {a.explication}".strip()
            for a in annonces.lignes
        ]
        titre = f"Ce qui était annoncé en {annonces.annee}, et ce qu’il en est"
        yield from _section(titre, _puces(map(ecrit, devenirs)))
    suivante = technique.annee + 1
    attendues = sorted(
        (etape.echeance, f"{date_longue(etape.echeance)}, {fiche.nom}{INSECABLE}: {etape.libelle}")
        for fiche in technique.fiches
        for etape in fiche.etapes
        if etape.echeance and etape.echeance.year == suivante and etape.fait_le is None
    )
    yield from _section(
        f"Les étapes attendues en {suivante}", _puces(ecrit(e) for _, e in attendues)
    )


def _annexes(instantane: Instantane, technique: Technique) -> Iterator[Section]:
    for titre, familles in (
        ("Les signataires", instantane.signataires),
        ("Les partenaires", instantane.partenaires),
    ):
        yield from _section(titre, *(liste(f.libelle, f.noms) for f in familles))
    definis = (
        champ(i.serie.libelle, "\n".join(filter(None, [i.definition, _source(i.serie.source)])))
        for i in technique.indicateurs
    )
    yield from _section("Les indicateurs : définitions et sources", *definis)
    mots = (
        champ(m.sigle or m.terme, _mot(m.sigle, m.terme, m.definition)) for m in instantane.mots
    )
    yield from _section("Les mots à connaître", *mots)
    yield from _section("Méthode", *(Champ("", passages(ligne)) for ligne in METHODE))


def _source(source: str) -> str:
    return f"Source{INSECABLE}: {source}." if source else ""


def _mot(sigle: str, terme: str, definition: str) -> str:
    return f"{terme}. {definition}" if sigle else definition
