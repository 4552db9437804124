"""La page du pilotage : ses choix, ses repères, ses parties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from acteurs.models import Departement
from cls_platform.socle import typographie
from cls_platform.socle.filtrage import JeuDeFiltres
from cls_platform.socle.navigation import Entree, Repartition, repartition
from contrats.adresses import adresse_avec
from contrats.etats import StatutAction
from contrats.pilotage.comptes import ZERO, Pilotage
from contrats.pilotage.ensemble import Ensemble, Situation
from contrats.presentation.tableau_pilotage import TableauDePilotage

EXTENSIONS = ("xlsx", "ods", "csv")
ANNEES_PROPOSEES = 6
AVERTISSEMENT = (
    "Un écart dit où regarder, pas qui fait bien : un contrat jeune a peu de fiches réalisées."
)


@dataclass(frozen=True, slots=True)
class Repere:
    """Un nombre du haut de page ; il mène à sa partie."""

    libelle: str
    valeur: str
    precision: str
    ancre: str


@dataclass(frozen=True, slots=True)
class TableauMontre:
    """`exports` : (« XLSX », adresse) de chaque format."""

    tableau: TableauDePilotage
    exports: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Partie:
    """`note` : ce qui vaut pour toute la partie. `est_serree` : ses tableaux vont par deux."""

    ancre: str
    titre: str
    tableaux: tuple[TableauMontre, ...]
    note: str = ""
    est_serree: bool = False


def parametres_choisis(question: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Ce que la page a choisi et que ses liens gardent ; le choix ordinaire n’y est pas."""
    dits = {nom: str(valeur) for nom, valeur in question.items() if valeur}
    if dits.get("situation") == Situation.OUVERTS:
        del dits["situation"]
    return tuple(dits.items())


def exports(
    region: str, quoi: str, parametres: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """(« XLSX », adresse) de chaque format de tableur."""
    suite = urlencode(list(parametres))
    adresses = (
        (e.upper(), reverse("contrats:pilotage_exporter", args=[region, quoi, e]))
        for e in EXTENSIONS
    )
    return tuple((mot, f"{adresse}?{suite}" if suite else adresse) for mot, adresse in adresses)


# Les choix ------------------------------------------------------------------------------------


def menus(
    region: str, parametres: QueryDict, question: Mapping[str, Any], le_annee: int
) -> list[tuple[str, list[Entree]]]:
    """(mot du menu, ses choix) : situation, département, année."""
    chemin = reverse("contrats:pilotage", args=[region])
    situations = [("", Situation.OUVERTS.label), *Situation.choices[1:]]
    choisie = question["situation"]
    departements: Any = Departement.objects.filter(region=region).order_by("pk")
    codes = [("", "Toute la région"), *departements.values_list("pk", "nom")]
    annees = [("", "Toutes les années")]
    annees += [(str(a), str(a)) for a in range(le_annee + 1, le_annee - ANNEES_PROPOSEES, -1)]
    poses = (
        ("situation", situations, "" if choisie == Situation.OUVERTS else choisie),
        ("departement", codes, question["departement"]),
        ("annee", annees, str(question["annee"] or "")),
    )
    return [
        (dict(choix).get(valeur, valeur), _entrees(chemin, parametres, nom, choix, valeur))
        for nom, choix, valeur in poses
    ]


def _entrees(
    chemin: str,
    parametres: QueryDict,
    nom: str,
    choix: Sequence[tuple[str, Any]],
    choisi: str,
) -> list[Entree]:
    return [
        Entree(
            str(libelle),
            adresse_avec(chemin, parametres, {nom: valeur or None}),
            est_courante=valeur == choisi,
        )
        for valeur, libelle in choix
    ]


# Les repères ----------------------------------------------------------------------------------


def reperes(lu: Pilotage, de: Ensemble) -> list[Repere]:
    retards = sum(c.actions for c in lu.statuts if c.statut == StatutAction.EN_RETARD)
    temps, signent = lu.coordination, lu.signataires
    dits = len(temps.renseignes)
    poses = [
        Repere(
            "Contrats",
            typographie.nombre(len(lu.contrats)),
            f"sur {typographie.nombre(de.total)} que vous suivez ici",
            "comparer",
        ),
        Repere(
            "Fiches action",
            typographie.nombre(lu.actions),
            f"dont {typographie.nombre(retards)} en retard",
            "avancement",
        ),
        Repere(
            "Professionnels de santé parmi les signataires",
            typographie.pourcent(signent.part, 0) if signent.part is not None else "—",
            f"{typographie.nombre(signent.professionnels)} sur "
            f"{typographie.nombre(signent.signataires)}",
            "signataires",
        ),
        Repere(
            "Temps de coordination",
            f"{typographie.nombre(temps.total)}\u00a0ETP" if dits else "—",
            f"{typographie.pluriel(dits, 'contrat')} sur "
            f"{typographie.nombre(len(temps.contrats))} l’ont dit",
            "coordination",
        ),
    ]
    if lu.argent:
        accorde = sum((c.accorde for c in lu.argent.financeurs), ZERO)
        quand = str(de.annee) if de.annee else "toutes années"
        poses.insert(2, Repere("Accordé", typographie.euros(accorde), quand, "argent"))
    return poses


def repartition_des_statuts(lu: Pilotage) -> Repartition:
    return repartition(
        [(c.statut, StatutAction(c.statut).label.lower(), c.actions) for c in lu.statuts]
    )


PLAN = (
    ("avancement", "L’avancement", ("statuts", "retards"), ""),
    ("themes", "Ce que travaillent les contrats", ("themes", "populations", "objectifs"), ""),
    ("argent", "L’argent", ("financeurs", "annees", "missions-fir"), ""),
    ("signataires", "Les signataires", ("signataires",), ""),
    ("coordination", "La coordination", ("coordination",), ""),
    ("comparer", "Comparer", ("departements", "par-contrat"), AVERTISSEMENT),
)
# De tableaux étroits : deux tiennent côte à côte
SERREES = frozenset({"avancement", "themes"})


def parties(
    faits: Mapping[str, TableauDePilotage],
    region: str,
    parametres: Sequence[tuple[str, str]],
) -> list[Partie]:
    """Dans l’ordre de lecture ; sans l’argent pour qui ne le voit pas."""
    return [
        Partie(
            ancre,
            titre,
            tuple(TableauMontre(faits[cle], exports(region, cle, parametres)) for cle in cles),
            note,
            est_serree=ancre in SERREES,
        )
        for ancre, titre, cles, note in PLAN
        if cles[0] in faits
    ]


# Une liste ------------------------------------------------------------------------------------


def choix_actifs(
    filtre: JeuDeFiltres,
    de: Ensemble,
    question: Mapping[str, Any],
    parametres: QueryDict,
    chemin: str,
) -> list[Entree]:
    """Ce que l’adresse a choisi, en mots ; chacun se retire d’un lien."""
    dits = _choix_de_l_ensemble(de, question)
    dits |= {
        nom: _en_mots(filtre.filters[nom], valeur)
        for nom, valeur in filtre.actifs.items()
        if nom not in dits
    }
    return [
        Entree(mot, adresse_avec(chemin, parametres, {nom: None}))
        for nom, mot in dits.items()
        if nom in parametres
    ]


def _choix_de_l_ensemble(de: Ensemble, question: Mapping[str, Any]) -> dict[str, str]:
    dits = {}
    if question["situation"] != Situation.OUVERTS:
        dits["situation"] = f"Contrats : {Situation(question['situation']).label}"
    if question["departement"]:
        noms = {c.departement: c.departement_nom for c in de.contrats}
        dits["departement"] = noms.get(question["departement"], question["departement"])
    if question["annee"]:
        dits["annee"] = str(question["annee"])
    if question["contrat"]:
        dits["contrat"] = de.noms.get(str(question["contrat"]), "Un contrat")
    return dits


def _en_mots(filtre: Any, valeur: Any) -> str:
    """« Thème : Santé mentale », « En retard », « Statut affiché : À venir, En cours »."""
    if valeur is True:
        return str(filtre.label)
    mots = dict(filtre.extra.get("choices", ()))
    valeurs = valeur if isinstance(valeur, list) else [valeur]
    return f"{filtre.label} : {', '.join(str(mots.get(une, une)) for une in valeurs)}"
