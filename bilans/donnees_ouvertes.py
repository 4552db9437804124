"""Tout ce que montre un bilan, en données ouvertes : un CSV pour le tableur, un JSON complet.

COLONNES et NATURES sont la documentation de la page « Données ouvertes » : une colonne ajoutée va
à la fin, un nom publié ne change pas.
"""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bilans.etats_publics import MOTS, EtatPublic, compter
from bilans.instantane import Argent, Indicateur, Instantane, Volet
from indicateurs.series import Releve

COLONNES = {
    "annee_bilan": "L’année du bilan.",
    "nature": "Ce que dit la ligne : voir la liste des natures.",
    "volet": "Le volet du contrat, s’il y en a un.",
    "numero": "Le numéro de l’action.",
    "libelle": "Ce dont on parle : une action, un indicateur, un financeur, une décision.",
    "annee": "L’année de la valeur.",
    "valeur": "Le nombre, avec une virgule ; vide s’il est secret ou absent.",
    "unite": "L’unité du nombre.",
    "numerateur": "Pour une part : combien sont concernés.",
    "denominateur": "Pour une part : sur combien en tout.",
    "qualite": "DEFINITIVE, PROVISOIRE, ESTIMEE, NON_DISPONIBLE ou SECRET_STATISTIQUE.",
    "statut": "Où en est l’action, la décision ou l’annonce.",
    "source": "D’où vient la valeur.",
    "date": "Le jour d’une réunion ou d’une décision, année-mois-jour.",
    "precision": "Ce qui complète la ligne, tel que la page l’écrit.",
}
NATURES = {
    "territoire": "Communes et habitants du contrat.",
    "chiffre_cle": "Un chiffre de l’année, tel qu’il est écrit.",
    "etat": "Combien d’actions sont dans cet état, et l’année d’avant quand elle est connue.",
    "volet": "Combien d’actions dans ce volet ; la précision dit combien sont terminées.",
    "action": "Une action et son état.",
    "indicateur": "Une valeur d’un indicateur, une ligne par année.",
    "reference": "La valeur de départ d’un indicateur.",
    "cible": "La valeur visée d’un indicateur.",
    "financement": "Ce qu’un financeur apporte à un volet, en euros.",
    "financement_total": "La somme d’un financeur, d’un volet, ou de l’ensemble.",
    "depense": "Coûts, apports en nature et temps de travail de l’année.",
    "rencontre": "Une réunion tenue dans l’année, et combien d’organisations y étaient.",
    "decision": "Une décision prise en réunion.",
    "annonce": "Ce que le bilan d’avant annonçait, et ce qu’il en est.",
}
ENTETE = tuple(COLONNES)
# La forme publiée : le schéma 3 n’y a rien changé, un bilan déjà en ligne garde ses octets
SCHEMA_OUVERT = 2
_DANGEREUX = ("=", "+", "-", "@", "\t", "\r")
Ligne = dict[str, Any]


def csv_ouvert(instantane: Instantane) -> bytes:
    """UTF-8 avec marque, point-virgule, virgule décimale : s’ouvre tel quel dans un tableur.

    Une cellule de texte qui commence comme une formule est précédée d’une apostrophe.
    """
    tampon = io.StringIO()
    sortie = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    sortie.writerow(ENTETE)
    for ligne in lignes(instantane):
        complete = {"annee_bilan": instantane.annee, **ligne}
        sortie.writerow([_cellule(complete.get(nom)) for nom in ENTETE])
    return b"\xef\xbb\xbf" + tampon.getvalue().encode()


def lignes(instantane: Instantane) -> Iterator[Ligne]:
    """Une ligne par fait, dans l’ordre de NATURES."""
    yield from _territoire(instantane)
    yield from _chiffres(instantane)
    yield from _etats(instantane)
    for volet in instantane.volets:
        yield from _volet(volet)
    if instantane.argent:
        yield from _argent(instantane.argent)
    yield from _suivi(instantane)


def _territoire(instantane: Instantane) -> Iterator[Ligne]:
    lieu = instantane.territoire
    yield _ligne("territoire", "communes", valeur=len(lieu.communes), unite="communes")
    if lieu.population is not None:
        yield _ligne(
            "territoire", "population", valeur=lieu.population, unite="habitants",
            source="Insee", annee=lieu.millesime_population,
        )  # fmt: skip


def _chiffres(instantane: Instantane) -> Iterator[Ligne]:
    for chiffre in instantane.chiffres:
        yield _ligne(
            "chiffre_cle", chiffre.intitule, valeur=chiffre.valeur, source=chiffre.source,
            precision=chiffre.phrase, annee=instantane.annee,
        )  # fmt: skip


def _etats(instantane: Instantane) -> Iterator[Ligne]:
    """L’ensemble, puis chaque état ; l’année d’avant à la suite."""
    annees = [(instantane.annee, instantane.comptes)]
    if instantane.precedent:
        annees.append((instantane.precedent.annee, instantane.precedent.comptes))
    for annee, comptes in annees:
        total = sum(comptes.values())
        yield _ligne("etat", "Ensemble", valeur=total, annee=annee, unite="actions")
        for etat, nombre in comptes.items():
            yield _ligne("etat", MOTS[etat].pluriel, valeur=nombre, annee=annee, unite="actions")


def _volet(volet: Volet) -> Iterator[Ligne]:
    finies = compter(a.etat for a in volet.actions)[EtatPublic.TERMINEE]
    yield _ligne(
        "volet", volet.titre, valeur=len(volet.actions), unite="actions",
        precision=f"dont terminées : {finies}",
    )  # fmt: skip
    for action in volet.actions:
        yield _ligne(
            "action", action.titre, volet=volet.titre, numero=action.numero,
            statut=action.libelle_statut, precision=action.fait,
        )  # fmt: skip
    for indicateur in volet.indicateurs:
        yield from _indicateur(volet.titre, indicateur)


def _indicateur(volet: str, indicateur: Indicateur) -> Iterator[Ligne]:
    serie = indicateur.serie
    commun = {"volet": volet, "unite": serie.unite, "source": serie.source}
    for releve in serie.releves:
        yield _ligne("indicateur", serie.libelle, **commun, **_releve(releve))
    for nature, repere in (("reference", serie.reference), ("cible", serie.cible)):
        if repere:
            yield _ligne(nature, serie.libelle, **commun, annee=repere.annee, valeur=repere.valeur)


def _releve(releve: Releve) -> Ligne:
    return {
        "annee": releve.annee,
        "valeur": releve.valeur,
        "numerateur": releve.numerateur,
        "denominateur": releve.denominateur,
        "qualite": releve.qualite,
    }


def _argent(argent: Argent) -> Iterator[Ligne]:
    commun = {"annee": argent.annee, "source": argent.source}
    euros = {**commun, "unite": "euros"}
    for flux in argent.flux:
        if flux.montant:
            yield _ligne("financement", flux.payeur, volet=flux.usage, valeur=flux.montant, **euros)
    yield _ligne("financement_total", "Ensemble", valeur=argent.total, **euros)
    for payeur in argent.payeurs:
        yield _ligne("financement_total", payeur.nom, valeur=payeur.montant, **euros)
    for usage in argent.usages:
        yield _ligne("financement_total", "", volet=usage.nom, valeur=usage.montant, **euros)
    for quoi, montant in (
        ("Coût prévu des actions", argent.cout_prevu),
        ("Dépenses réalisées", argent.cout_realise),
        ("Apports en nature", argent.apports_en_nature),
    ):
        if montant is not None:
            yield _ligne("depense", quoi, valeur=montant, **euros)
    if argent.etp is not None:
        yield _ligne("depense", "Temps de travail", valeur=argent.etp, unite="ETP", **commun)


def _suivi(instantane: Instantane) -> Iterator[Ligne]:
    for rencontre in instantane.rencontres:
        yield _ligne(
            "rencontre", rencontre.instance, date=rencontre.jour.isoformat(),
            valeur=rencontre.organisations,
            unite="organisations" if rencontre.organisations is not None else "",
            statut="ouverte à tous" if rencontre.est_publique else "",
            precision=", ".join(t for t in (rencontre.titre, rencontre.lieu) if t),
        )  # fmt: skip
    for decision in instantane.decisions:
        yield _ligne(
            "decision", decision.texte, date=decision.jour.isoformat(), statut=decision.etat,
            precision=", ".join(t for t in (decision.instance, decision.organisation) if t),
        )  # fmt: skip
    for annonce in instantane.annonces.lignes if instantane.annonces else ():
        yield _ligne(
            "annonce", annonce.texte, statut=annonce.libelle, precision=annonce.explication,
            annee=instantane.annonces.annee if instantane.annonces else "",
        )  # fmt: skip


def _ligne(nature: str, libelle: str, **autres: Any) -> Ligne:
    return {"nature": nature, "libelle": libelle, **autres}


def _cellule(valeur: Any) -> str:
    """Un nombre garde sa virgule ; un texte ne peut pas devenir une formule."""
    if valeur is None:
        return ""
    if isinstance(valeur, Decimal):
        return f"{valeur.normalize():f}".replace(".", ",")
    texte = str(valeur)
    return f"'{texte}" if texte.startswith(_DANGEREUX) else texte


def json_ouvert(instantane: Instantane) -> bytes:
    """L’instantané, sans les tracés des cartes, et les comptes que la page en tire.

    Ce que seuls les élus lisent n’y a pas même sa place vide.
    """
    simple = instantane.public().vers_simple()
    simple |= {"schema": SCHEMA_OUVERT, "carte": None, "comptes": _comptes(instantane)}
    simple["textes"].pop("a_decider")
    simple.pop("mots_des_elus")
    return json.dumps(simple, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _comptes(instantane: Instantane) -> dict[str, Any]:
    return {
        "actions": len(instantane.actions),
        "communes": len(instantane.territoire.communes),
        "par_etat": {str(etat): n for etat, n in instantane.comptes.items()},
        "par_volet": [
            {
                "volet": volet.titre,
                "actions": len(volet.actions),
                "par_etat": {str(etat): n for etat, n in volet.comptes.items()},
            }
            for volet in instantane.volets
        ],
    }
