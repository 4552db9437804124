"""La prochaine étape d’un territoire : la règle, écrite une seule fois.

Chaque territoire a une étape au plus : celle de la première règle vraie, dans l’ordre de REGLES. La
page écrit la règle à partir de ces mêmes lignes. Aucun accès à la base.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cls_platform.socle import typographie
from contrats.a_faire.faits import FaitsContrat, FaitsEpci
from contrats.a_faire.situations import Motif
from contrats.adresses import adresse_de
from contrats.etats import transitions_depuis
from contrats.models.suivi_territoire import GenreNote


@dataclass(frozen=True, slots=True)
class Etape:
    """Le geste attendu, et où le faire. `code` : celui de sa règle."""

    code: str
    libelle: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Regle:
    """`quand` et `alors` s’écrivent sur la page ; `geste` dit le libellé et l’adresse."""

    code: str
    quand: str
    alors: str
    vaut: Callable[[Any, frozenset[str]], bool]
    geste: Callable[[Any, date], tuple[str, str]]


def _si(motif: Motif) -> Callable[[Any, frozenset[str]], bool]:
    return lambda faits, motifs: motif.value in motifs


def _note(genre: GenreNote) -> Callable[[FaitsEpci, frozenset[str]], bool]:
    return lambda faits, motifs: faits.suivi.note_genre == genre


def _vers(
    nom: str, libelle: str, ancre: str = ""
) -> Callable[[FaitsContrat, date], tuple[str, str]]:
    return lambda faits, le: (libelle, adresse_de(nom, faits.id) + ancre)


def _relancer(faits: FaitsContrat, le: date) -> tuple[str, str]:
    adresse = adresse_de("contrats:signataires", faits.id)
    if not faits.signataires:
        return "Faire nommer les signataires", adresse
    if not faits.sans_signature:
        return "Faire noter la date de signature", adresse_de("contrats:fiche", faits.id)
    attendus = faits.sans_deliberation or faits.sans_signature
    return f"Relancer {typographie.pluriel(attendus, 'signataire')}", adresse


def _avancer(faits: FaitsContrat, le: date) -> tuple[str, str]:
    suite = transitions_depuis(faits.phase)[0]
    return suite.geste, adresse_de("contrats:changer_phase", faits.id, suite.vers.lower())


def _demander_le_bilan(faits: FaitsContrat, le: date) -> tuple[str, str]:
    return f"Demander le bilan {le.year - 1}", adresse_de("bilans:bilans", faits.id)


def _affecter(faits: FaitsContrat | FaitsEpci, le: date) -> tuple[str, str]:
    return "Affecter un référent", adresse_de("contrats:a_faire_referent", faits.cle)


def _contacter(libelle: str) -> Callable[[FaitsEpci, date], tuple[str, str]]:
    return lambda faits, le: (
        libelle,
        adresse_de("contrats:a_faire_note", faits.cle),
    )


def _creer(faits: FaitsEpci, le: date) -> tuple[str, str]:
    return "Créer le contrat, phase d’intention", reverse("contrats:creer")


REGLES_DES_CONTRATS = (
    Regle(
        "clore",
        "Le contrat est fini et n’est pas clos",
        "Clore le contrat ou le prolonger",
        _si(Motif.ECHU),
        _vers("contrats:fiche", "Clore le contrat ou le prolonger", "#phase"),
    ),
    Regle(
        "choisir",
        "Il finit sous 12 mois, et aucune suite n’est en préparation",
        "Choisir : proroger ou renouveler",
        lambda faits, motifs: Motif.FINIT_BIENTOT.value in motifs and not faits.a_une_suite,
        _vers("contrats:fiche", "Choisir\u00a0: proroger ou renouveler", "#phase"),
    ),
    Regle(
        "suite",
        "Il finit sous 12 mois, et une suite est en préparation",
        "Faire avancer la suite",
        _si(Motif.FINIT_BIENTOT),
        _vers("contrats:fiche", "Faire avancer la suite"),
    ),
    Regle(
        "relancer",
        "Il est à signer",
        "Relancer les signataires",
        _si(Motif.SIGNATURE_ATTENDUE),
        _relancer,
    ),
    Regle(
        "inviter",
        "Il a dépassé l’intention, et son équipe n’a pas de coordonnateur",
        "Inviter un coordonnateur",
        _si(Motif.SANS_COORDINATEUR),
        _vers("contrats:equipe", "Inviter un coordonnateur"),
    ),
    Regle(
        "avancer",
        "Il est en projet",
        "Passer à la phase suivante",
        _si(Motif.EN_PROJET),
        _avancer,
    ),
    Regle(
        "bilan",
        "Il a couvert la fin de l’an dernier, et son bilan de cette année-là n’est pas publié",
        "Demander le bilan",
        _si(Motif.SANS_BILAN),
        _demander_le_bilan,
    ),
    Regle(
        "nouvelles",
        "Rien n’y a été écrit depuis 6 mois : ni fiche, ni étape, ni note, ni signature",
        "Prendre des nouvelles de l’équipe",
        _si(Motif.SANS_NOUVELLES),
        _vers("contrats:equipe", "Prendre des nouvelles de l’équipe"),
    ),
    Regle(
        "affecter",
        "Personne à l’agence n’en est référent",
        "Affecter un référent",
        _si(Motif.SANS_REFERENT),
        _affecter,
    ),
)
REGLES_DES_EPCI = (
    Regle(
        "affecter_epci",
        "Sans contrat, et personne à l’agence n’en est référent",
        "Affecter un référent",
        _si(Motif.SANS_REFERENT),
        _affecter,
    ),
    Regle(
        "creer",
        "Sans contrat, la dernière note est un accord de principe",
        "Créer le contrat, phase d’intention",
        _note(GenreNote.ACCORD),
        _creer,
    ),
    Regle(
        "decider",
        "Sans contrat, la dernière note est une rencontre",
        "Demander leur décision aux élus",
        _note(GenreNote.RENCONTRE),
        _contacter("Demander leur décision aux élus"),
    ),
    Regle(
        "revoir",
        "Sans contrat, la dernière note est un refus",
        "Convenir d’une nouvelle rencontre",
        _note(GenreNote.REFUS),
        _contacter("Convenir d’une nouvelle rencontre"),
    ),
    Regle(
        "proposer",
        "Sans contrat, dans les autres cas",
        "Proposer un rendez-vous aux élus",
        lambda faits, motifs: True,
        _contacter("Proposer un rendez-vous aux élus"),
    ),
)
REGLES = (*REGLES_DES_CONTRATS, *REGLES_DES_EPCI)
RANG_DE_LA_REGLE = {regle.code: rang for rang, regle in enumerate(REGLES)}


def prochaine_etape(
    faits: FaitsContrat | FaitsEpci, motifs: frozenset[str], le: date
) -> Etape | None:
    """None : rien n’est attendu de l’agence aujourd’hui."""
    regles = REGLES_DES_CONTRATS if isinstance(faits, FaitsContrat) else REGLES_DES_EPCI
    regle = next((r for r in regles if r.vaut(faits, motifs)), None)
    return Etape(regle.code, *regle.geste(faits, le)) if regle else None
