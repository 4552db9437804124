"""La valeur d’une année d’un indicateur saisi, et ce qu’il faut dire d’elle. Aucune base."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cls_platform.socle.typographie import nombre, pluriel
from indicateurs.calcul.composition import (
    MOIS_DE_L_ANNEE,
    S_AJOUTENT,
    Composee,
    Lieux,
    Valeur,
    periodes,
    quartiers,
    territoires,
)
from indicateurs.calcul.provenance import Origine, Provenance
from indicateurs.series import NON_DISPONIBLE, SECRET, Releve

# Saisis dans l’année : il manque quelque chose tant que tous les mois ne sont pas couverts
INFRA_ANNUELLES = frozenset({"MENSUELLE", "TRIMESTRIELLE", "SEMESTRIELLE"})
NIVEAU_QPV = "QPV"
PART_MASQUEE = "Une part est couverte par le secret statistique."
PART_INDISPONIBLE = "Une part n’est pas disponible."
SANS_NOMBRES = "Un rapport se recalcule sur ses deux nombres, et une part ne les donne pas."
SANS_EFFECTIFS = (
    "Une moyenne de territoires se pondère par leurs effectifs, et une part ne les donne pas."
)
NE_S_AJOUTE_PAS = "Cet indicateur ne s’additionne pas d’un territoire à l’autre."


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """Ce que l’indicateur dit de ses valeurs."""

    agregation: str
    facteur: int
    periodicite: str
    niveau: str


def annees(
    regle: Regle, valeurs: Sequence[Valeur], lieux: Callable[[int], Lieux]
) -> tuple[tuple[Releve, ...], dict[int, Provenance]]:
    """Un relevé par année, dans l’ordre ; `lieux` rend le périmètre d’une année."""
    par_annee: dict[int, list[Valeur]] = defaultdict(list)
    for valeur in valeurs:
        par_annee[valeur.fin.year].append(valeur)
    releves, provenances = [], {}
    for annee in sorted(par_annee):
        releve, provenances[annee] = _annee(regle, annee, par_annee[annee], lieux)
        if releve is not None:
            releves.append(releve)
    return tuple(releves), provenances


def _annee(
    regle: Regle, annee: int, valeurs: Sequence[Valeur], lieux: Callable[[int], Lieux]
) -> tuple[Releve | None, Provenance]:
    """Le tout d’abord ; ses parties seulement s’il manque ou n’est pas disponible."""
    ensemble = [v for v in valeurs if not v.code]
    tout = periodes(regle.agregation, ensemble, regle.facteur) if ensemble else None
    parties = [v for v in valeurs if v.code]
    if parties and (tout is None or not tout.est_connue):
        trouve = _des_parties(regle, annee, parties, lieux)
        if trouve is not None and (tout is None or trouve[0].valeur is not None):
            return trouve
    if tout is None:
        motif = _refus(regle, parties)
        return None, Provenance(annee=annee, origine=Origine.TERRITOIRES, motif=motif)
    return _du_tout(regle, annee, tout)


def _du_tout(regle: Regle, annee: int, tout: Composee) -> tuple[Releve, Provenance]:
    if tout.parts == 1 and not _est_incomplete(regle, tout):
        return tout.releve, Provenance(annee=annee, origine=Origine.SAISIE)
    phrase = f"{MOTS[regle.agregation]} de {pluriel(tout.parts, 'période')}"
    if tout.parts == 1:
        phrase = "Une seule période"
    if _est_incomplete(regle, tout):
        phrase += f"\u00a0: {tout.mois} mois sur {MOIS_DE_L_ANNEE}"
    releve = _nuancer(tout.releve, est_incomplete=_est_incomplete(regle, tout))
    provenance = Provenance(
        annee=annee,
        origine=Origine.PERIODES,
        connus=tout.mois,
        attendus=MOIS_DE_L_ANNEE if regle.periodicite in INFRA_ANNUELLES else tout.mois,
        phrase=f"{phrase}.",
        motif=_motif(regle, releve),
    )
    return releve, provenance


def _des_parties(
    regle: Regle, annee: int, parties: Sequence[Valeur], lieux: Callable[[int], Lieux]
) -> tuple[Releve, Provenance] | None:
    if regle.niveau == NIVEAU_QPV:
        composee = quartiers(regle.agregation, parties, regle.facteur)
        return None if composee is None else _dire_quartiers(regle, annee, composee)
    du_lieu = lieux(annee)
    composee = territoires(regle.agregation, parties, du_lieu, regle.facteur)
    if composee is None:
        return None
    return _dire_communes(regle, annee, composee, len(du_lieu.perimetre))


def _dire_communes(
    regle: Regle, annee: int, composee: Composee, attendus: int
) -> tuple[Releve, Provenance]:
    manque = composee.communes < attendus or _est_incomplete(regle, composee)
    releve = _nuancer(composee.releve, est_incomplete=manque)
    phrase = (
        f"{MOTS[regle.agregation]} de {pluriel(composee.parts, 'territoire')}\u00a0: "
        f"{nombre(composee.communes)} communes sur {nombre(attendus)}."
    )
    if _est_incomplete(regle, composee):
        phrase += f" {composee.mois} mois sur {MOIS_DE_L_ANNEE} au moins pour l’un d’eux."
    provenance = Provenance(
        annee=annee,
        origine=Origine.TERRITOIRES,
        connus=composee.communes,
        attendus=attendus,
        phrase=phrase,
        motif=_motif(regle, releve, est_spatiale=True),
    )
    return releve, provenance


def _dire_quartiers(regle: Regle, annee: int, composee: Composee) -> tuple[Releve, Provenance]:
    releve = _nuancer(composee.releve, est_incomplete=_est_incomplete(regle, composee))
    dits = pluriel(composee.parts, "quartier prioritaire", "quartiers prioritaires")
    return releve, Provenance(
        annee=annee,
        origine=Origine.TERRITOIRES,
        connus=composee.parts,
        attendus=composee.parts,
        phrase=f"{MOTS[regle.agregation]} de {dits}.",
        motif=_motif(regle, releve, est_spatiale=True),
    )


def _est_incomplete(regle: Regle, composee: Composee) -> bool:
    return (
        regle.periodicite in INFRA_ANNUELLES
        and regle.agregation in S_AJOUTENT
        and composee.mois < MOIS_DE_L_ANNEE
    )


def _nuancer(releve: Releve, *, est_incomplete: bool) -> Releve:
    """Ce qui n’est pas complet n’est pas définitif."""
    if est_incomplete and releve.valeur is not None and not releve.est_provisoire:
        return replace(releve, qualite="PROVISOIRE")
    return releve


def _motif(regle: Regle, releve: Releve, *, est_spatiale: bool = False) -> str:
    if releve.qualite == SECRET:
        return PART_MASQUEE
    if releve.qualite != NON_DISPONIBLE:
        return ""
    if est_spatiale and regle.agregation == "MOYENNE":
        return f"{SANS_EFFECTIFS} {PART_INDISPONIBLE}"
    return SANS_NOMBRES if regle.agregation == "RATIO" else PART_INDISPONIBLE


def _refus(regle: Regle, parties: Sequence[Valeur]) -> str:
    """Pourquoi les parties connues ne font pas un tout."""
    dits = pluriel(len({(v.niveau, v.code) for v in parties}), "territoire")
    if regle.agregation not in S_AJOUTENT:
        return f"{dits} connus à part. {NE_S_AJOUTE_PAS}"
    return f"{dits} connus à part, qui dépassent le périmètre du contrat ou n’en sont qu’un détail."


MOTS = {
    "SOMME": "Somme",
    "MOYENNE": "Moyenne",
    "RATIO": "Rapport recalculé sur les sommes",
    "DERNIERE_VALEUR": "Dernière valeur",
    "NON_AGREGABLE": "Dernière valeur",
}
