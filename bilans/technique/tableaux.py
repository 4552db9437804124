"""Les tableaux du bilan technique : où en sont les actions, les réunions, les décisions."""

from collections import Counter
from collections.abc import Iterable

from bilans.dossier.contenu import Tableau
from bilans.dossier.passages import ecrit
from bilans.technique.donnees import Axe, Decision, Fiche, Instance, Technique
from cls_platform.socle.typographie import date_courte, nombre, pourcent
from contrats.etats import StatutAction

TIRET = "–"
LARGEUR_DES_STATUTS = 22


def avancement(technique: Technique) -> Tableau | None:
    """Une colonne par axe, une ligne par statut qui sert, puis la part des étapes faites.

    Les statuts sont des mots longs, les axes se nomment par leur numéro : rien ne se coupe.
    """
    groupes = [axe.fiches for axe in technique.axes] + [technique.fiches]
    comptes = [Counter(fiche.statut for fiche in fiches) for fiches in groupes]
    statuts = [s for s in StatutAction if comptes[-1][s]]
    if not statuts:
        return None
    lignes = [(s.label, *(nombre(compte[s]) for compte in comptes)) for s in statuts]
    lignes.append(("Ensemble", *(nombre(len(fiches)) for fiches in groupes)))
    lignes.append(("Étapes faites", *(_etapes_faites(fiches) for fiches in groupes)))
    part = (100 - LARGEUR_DES_STATUTS) // len(groupes)
    return Tableau(
        titre="Les actions par statut et par axe",
        colonnes=("Statut", *(_nom_de_colonne(axe) for axe in technique.axes), "Ensemble"),
        largeurs=(100 - part * len(groupes), *(part for _ in groupes)),
        lignes=tuple(lignes),
        totaux=frozenset({len(statuts)}),
        nombres=len(groupes),
        note="Étapes faites : moyenne de l’avancement des actions, sans pondération.",
    )


def _nom_de_colonne(axe: Axe) -> str:
    return f"Axe {axe.numero}" if axe.numero else "Sans axe"


def _etapes_faites(fiches: tuple[Fiche, ...]) -> str:
    return pourcent(sum(f.avancement for f in fiches) / len(fiches) if fiches else 0, 0)


def changements(technique: Technique) -> Tableau | None:
    """Les changements de statut de l’année, fiche par fiche, dans l’ordre du temps."""
    trouves = [
        (fait.jour, fiche, fait)
        for fiche in technique.fiches
        for fait in fiche.faits
        if fait.statut
    ]
    lignes = tuple(
        (ecrit(fiche.nom), date_courte(jour), fait.statut, ecrit(fait.raison) or TIRET)
        for jour, fiche, fait in sorted(trouves, key=lambda t: (t[0], t[1].nom))
    )
    colonnes, largeurs = ("Action", "Le", "Nouveau statut", "Raison"), (40, 14, 16, 30)
    titre = "Les changements de statut de l’année"
    return Tableau(titre, colonnes, largeurs, lignes) if lignes else None


def reunions(instance: Instance) -> Tableau | None:
    lignes = tuple(
        (
            date_courte(r.jour),
            ecrit(", ".join(filter(None, [r.lieu, r.etat.lower(), _ouverte(est=r.est_publique)]))),
            _nombre(len(r.presents)),
            _nombre(len(r.excuses)),
            _nombre(r.participants or 0),
        )
        for r in instance.reunions
    )
    colonnes = ("Date", "Réunion", "Présentes", "Excusées", "Participants")
    note = "Présentes, excusées : des organisations. Participants : des personnes."
    return _tableau("", colonnes, (16, 40, 14, 14, 16), lignes, nombres=3, note=note)


def _ouverte(*, est: bool) -> str:
    return "ouverte au public" if est else ""


def _nombre(valeur: int) -> str:
    return nombre(valeur) if valeur else TIRET


def presences(instances: Iterable[Instance]) -> Tableau | None:
    """Par organisation, combien de fois présente et excusée, dans l’ordre alphabétique."""
    present: Counter[str] = Counter()
    excuse: Counter[str] = Counter()
    for instance in instances:
        for reunion in instance.reunions:
            present.update(reunion.presents)
            excuse.update(reunion.excuses)
    noms = sorted(present.keys() | excuse.keys(), key=str.casefold)
    lignes = tuple((ecrit(nom), _nombre(present[nom]), _nombre(excuse[nom])) for nom in noms)
    colonnes = ("Organisation", "Présente", "Excusée")
    return _tableau("Qui s’est mobilisé", colonnes, (64, 18, 18), lignes, nombres=2)


def decisions(prises: Iterable[Decision]) -> Tableau | None:
    lignes = tuple(
        (
            ecrit(d.texte),
            ecrit(f"{date_courte(d.jour)}, {d.instance}"),
            ecrit(d.organisation) or TIRET,
            date_courte(d.echeance) if d.echeance else TIRET,
            d.etat,
        )
        for d in prises
    )
    colonnes = ("Décision", "Prise le", "Qui s’en charge", "Échéance", "État")
    return _tableau("Les décisions", colonnes, (38, 20, 18, 14, 10), lignes)


def _tableau(
    titre: str,
    colonnes: tuple[str, ...],
    largeurs: tuple[int, ...],
    lignes: tuple[tuple[str, ...], ...],
    *,
    nombres: int = 0,
    note: str = "",
) -> Tableau | None:
    if not lignes:
        return None
    return Tableau(titre, colonnes, largeurs, lignes, nombres=nombres, note=note)
