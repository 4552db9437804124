"""Calculer les formules d’un contrat, chacune après ce qu’elle cite. Aucune requête."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from indicateurs.calcul.evaluation import Terme, du_releve, en_releve, evaluer, sommer
from indicateurs.calcul.facteur import facteur
from indicateurs.calcul.provenance import Origine, Provenance
from indicateurs.calcul.repertoire import Repertoire
from indicateurs.calcul.syntaxe import Citation
from indicateurs.models import Indicateur
from indicateurs.series import NON_DISPONIBLE, SECRET, Releve

# Un écart entre deux pourcentages s’écrit en points
POINTS = frozenset({"point", "points", "points de pourcentage"})


@dataclass(frozen=True, slots=True)
class Calculees:
    """Les relevés de chaque indicateur, par année croissante, et ce qu’il faut dire d’eux.

    `erreurs` : la formule qui ne se calcule pas, et pourquoi.
    """

    releves: dict[UUID, tuple[Releve, ...]] = field(default_factory=dict)
    provenances: dict[UUID, dict[int, Provenance]] = field(default_factory=dict)
    erreurs: dict[UUID, str] = field(default_factory=dict)

    def ajouter(self, autres: "Calculees") -> None:
        self.releves.update(autres.releves)
        self.provenances.update(autres.provenances)

    def en(self, pk: UUID, annee: int) -> Releve | None:
        return next((r for r in self.releves.get(pk, ()) if r.annee == annee), None)


def resoudre(repertoire: Repertoire, voulus: Iterable[UUID], lues: Calculees) -> None:
    """Ajoute à `lues` les formules voulues, et celles dont elles dépendent."""
    demandes = list(voulus)
    for pk in repertoire.ordre(demandes):
        _calculer(repertoire, pk, lues)
    for pk in repertoire.fermeture(demandes):
        if erreur := repertoire.erreurs.get(pk):
            lues.releves[pk], lues.erreurs[pk] = (), erreur


def _calculer(repertoire: Repertoire, pk: UUID, lues: Calculees) -> None:
    indicateur = repertoire.indicateurs[pk]
    cites = repertoire.dependances(pk)
    annees = sorted({r.annee for d in cites for r in lues.releves.get(d, ())})
    releves, provenances = [], {}
    for annee in annees:
        terme = evaluer(repertoire.expressions[pk], partial(_terme, repertoire, lues, annee))
        releve = en_releve(terme, annee, _facteur(indicateur), est_ratio=indicateur.est_ratio)
        releves.append(releve)
        provenances[annee] = _provenance(indicateur, terme, releve)
    lues.releves[pk] = tuple(releves)
    lues.provenances[pk] = provenances


def _facteur(indicateur: Indicateur) -> int:
    return 100 if indicateur.unite in POINTS else facteur(indicateur.unite)


def _terme(repertoire: Repertoire, lues: Calculees, annee: int, citation: Citation) -> Terme:
    cites = repertoire.cites(citation)
    if not cites:
        motif = f"Aucun indicateur n’a plus le code {citation.code}."
        return Terme(valeur=None, qualite=NON_DISPONIBLE, motif=motif)
    if not citation.est_somme:
        return _d_un(repertoire.indicateurs[cites[0]], lues, annee)
    termes = [_d_un(repertoire.indicateurs[pk], lues, annee) for pk in cites if lues.en(pk, annee)]
    somme = sommer(termes, len(cites))
    if somme.valeur is None and not somme.motif:
        return Terme(
            valeur=None,
            qualite=somme.qualite,
            motif=f"{citation.code} n’a de valeur pour aucune action en {annee}.",
            attendus=len(cites),
        )
    return somme


def _d_un(indicateur: Indicateur, lues: Calculees, annee: int) -> Terme:
    nom = indicateur.code or indicateur.libelle
    releve = lues.en(indicateur.pk, annee)
    absent = f"{nom} n’a pas de valeur en {annee}."
    if releve is not None and releve.qualite == SECRET:
        absent = f"{nom} est couvert par le secret statistique en {annee}."
    return du_releve(releve, _facteur(indicateur), absent, est_ratio=indicateur.est_ratio)


def _provenance(indicateur: Indicateur, terme: Terme, releve: Releve) -> Provenance:
    phrase = f"Calculé\u00a0: {indicateur.formule}."
    if terme.attendus:
        phrase += f" {terme.connus} valeurs d’actions sur {terme.attendus}."
    motif = terme.motif
    if releve.valeur is None and not motif:
        motif = "Le résultat est trop grand pour être écrit."
    return Provenance(
        annee=releve.annee,
        origine=Origine.FORMULE,
        connus=terme.connus,
        attendus=terme.attendus,
        phrase=phrase,
        motif=motif if releve.valeur is None else "",
    )
