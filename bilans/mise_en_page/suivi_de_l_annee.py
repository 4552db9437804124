"""Réunions tenues, décisions prises, annonces du bilan d’avant et ce qu’il en est advenu."""

from dataclasses import dataclass

from bilans.instantane import Annonces, Instantane, Rencontre
from bilans.mise_en_page.mots_ecrits import compter, enumerer, jour, majuscule, typo

RENCONTRES, DECISIONS, ANNONCES = 10, 8, 12


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une ligne de tableau : la première cellule, la deuxième, une note sous la deuxième."""

    tete: str
    corps: str
    note: str = ""
    signe: str = ""


@dataclass(frozen=True, slots=True)
class Tenu:
    """Des lignes montrées, et combien sont seulement en ligne."""

    phrase: str
    lignes: tuple[Ligne, ...]
    en_ligne: str


def rencontres(instantane: Instantane) -> Tenu | None:
    toutes = instantane.rencontres
    if not toutes:
        return None
    publiques = sum(r.est_publique for r in toutes)
    ouvertes = f", dont {publiques} ouverte{'s' if publiques > 1 else ''} à tous"
    phrase = (
        f"{majuscule(compter(len(toutes), 'réunion'))} en {instantane.annee}"
        f"{ouvertes if publiques else ''}."
    )
    # Celles où chacun pouvait venir d’abord choisies, toutes dites dans l’ordre des jours
    choisies = sorted(toutes, key=lambda r: (not r.est_publique, r.jour))[:RENCONTRES]
    montrees = sorted(choisies, key=lambda r: r.jour)
    return Tenu(typo(phrase), tuple(_rencontre(r) for r in montrees), _reste(toutes, montrees))


def _rencontre(r: Rencontre) -> Ligne:
    quoi = r.titre if r.instance.lower() in r.titre.lower() else f"{r.instance} : {r.titre}"
    notes = [
        "ouverte à tous" if r.est_publique else "",
        r.lieu,
        f"{compter(r.organisations, 'organisation')} présente{'s' if r.organisations > 1 else ''}"
        if r.organisations
        else "",
    ]
    note = majuscule(", ".join(n for n in notes if n))
    return Ligne(jour(r.jour), typo(quoi.strip(" :")), typo(note))


def decisions(instantane: Instantane) -> Tenu | None:
    toutes = instantane.decisions
    if not toutes:
        return None
    montrees = toutes[:DECISIONS]
    lignes = tuple(
        Ligne(
            jour(d.jour),
            typo(majuscule(d.texte)),
            typo(majuscule(", ".join(n for n in (d.etat.lower(), d.organisation) if n))),
        )
        for d in montrees
    )
    return Tenu(typo(compter(len(toutes), "décision")), lignes, _reste(toutes, montrees))


def annonces(quoi: Annonces | None) -> Tenu | None:
    if quoi is None or not quoi.lignes:
        return None
    montrees = quoi.lignes[:ANNONCES]
    lignes = tuple(
        Ligne(
            typo(majuscule(a.texte)),
            typo(a.libelle) or "Nous n’avons pas encore de nouvelles.",
            typo(majuscule(a.explication)),
            a.devenir,
        )
        for a in montrees
    )
    return Tenu(_bilan_des_annonces(quoi), lignes, _reste(quoi.lignes, montrees))


def _bilan_des_annonces(quoi: Annonces) -> str:
    """« Sur 5 annonces de 2024, 3 sont faites et 1 est faite en partie. »"""
    faites = sum(a.devenir == "TENU" for a in quoi.lignes)
    partie = sum(a.devenir == "EN_PARTIE" for a in quoi.lignes)
    total = compter(len(quoi.lignes), "annonce")
    dits = [_accord(faites, "faite"), _accord(partie, "faite", " en partie")]
    comptes = enumerer([d for d in dits if d])
    if not comptes:
        return typo(f"{majuscule(total)} du bilan {quoi.annee}.")
    return typo(f"Sur {total} du bilan {quoi.annee}, {comptes}.")


def _accord(combien: int, mot: str, suite: str = "") -> str:
    if not combien:
        return ""
    return f"{combien} sont {mot}s{suite}" if combien > 1 else f"1 est {mot}{suite}"


def _reste(tout: tuple[object, ...], montre: object) -> str:
    manque = len(tout) - len(montre)  # type: ignore[arg-type]  # une suite
    if not manque:
        return ""
    if manque == 1:
        return "Une autre ligne est en ligne, et dans les données jointes à ce fichier."
    return f"{manque} autres lignes sont en ligne, et dans les données jointes à ce fichier."
