"""« Où en est-on » : une phrase par territoire, écrite d’après les faits. Aucun accès à la base."""

from collections.abc import Callable
from datetime import date

from cls_platform.socle import typographie as t
from contrats.a_faire.faits import FaitsContrat, FaitsEpci
from contrats.a_faire.situations import Situation
from contrats.etats import Phase
from contrats.models.suivi_territoire import GenreNote

EXTRAIT = 90


def mois_ecoules(depuis: date, le: date) -> int:
    """Mois entiers entre deux jours."""
    mois = (le.year - depuis.year) * 12 + le.month - depuis.month
    return max(mois - (le.day < depuis.day), 0)


def depuis(jour: date, le: date) -> str:
    """« depuis 14 mois », « depuis moins d’un mois »."""
    mois = mois_ecoules(jour, le)
    return f"depuis {mois}{t.INSECABLE}mois" if mois else "depuis moins d’un mois"


def dans(jour: date, le: date) -> str:
    """« dans 7 mois », « dans moins d’un mois »."""
    mois = mois_ecoules(le, jour)
    return f"dans {mois}{t.INSECABLE}mois" if mois else "dans moins d’un mois"


def du_contrat(faits: FaitsContrat, situation: str, etape: str, le: date) -> str:
    """`etape` : le code de la prochaine, dont la phrase dit la raison si elle ne se voit pas."""
    phrase = ECRITURES[Situation(situation)](faits, le)
    raison = RAISONS.get(etape)
    return f"{phrase}. {raison(faits, le)}" if raison else phrase


def fini(faits: FaitsContrat, le: date) -> str:
    return f"Fini depuis le {_longue(faits.date_fin)}, et pas encore clos"


def finit(faits: FaitsContrat, le: date) -> str:
    fin = faits.date_fin or le
    suite = "\u00a0; la suite est en préparation" if faits.a_une_suite else ""
    return f"Finit le {_longue(fin)}, {dans(fin, le)}{suite}"


def a_signer(faits: FaitsContrat, le: date) -> str:
    """« Signature prête, 2 délibérations attendues sur 6 »."""
    if not faits.signataires:
        return "À signer, aucun signataire n’est encore nommé"
    if faits.sans_deliberation:
        attendues = t.pluriel(
            faits.sans_deliberation, "délibération attendue", "délibérations attendues"
        )
        return f"Signature prête, {attendues} sur {faits.signataires}"
    if faits.sans_signature:
        faites = t.pluriel(faits.signataires - faits.sans_signature, "signature")
        return f"{faites} sur {faits.signataires}"
    return "Toutes les organisations ont signé, la date du contrat n’est pas notée"


def en_projet(faits: FaitsContrat, le: date) -> str:
    """« Diagnostic partagé depuis 14 mois »."""
    phase = Phase(faits.phase).label
    return f"{phase} {depuis(faits.phase_depuis, le)}" if faits.phase_depuis else phase


def signe(faits: FaitsContrat, le: date) -> str:
    phase = Phase(faits.phase).label
    return f"{phase}, jusqu’au {_longue(faits.date_fin)}" if faits.date_fin else phase


def sans_contrat(faits: FaitsEpci, le: date) -> str:
    """« Aucun contrat. Rencontre du 4 novembre 2026 : accord de principe »."""
    if faits.suivi.note_le:
        return f"{_blanc(faits)}. {derniere_note(faits)}"
    if faits.fin_precedente:
        return (
            f"{_blanc(faits)} depuis la fin du précédent, en {t.mois_annee(faits.fin_precedente)}"
        )
    return f"{_blanc(faits)}, aucun contact noté"


def _blanc(faits: FaitsEpci) -> str:
    if not faits.communes_couvertes:
        return "Aucun contrat"
    couvertes = t.pluriel(faits.communes_couvertes, "commune couverte", "communes couvertes")
    return f"{couvertes} sur {faits.communes}"


def derniere_note(faits: FaitsContrat | FaitsEpci) -> str:
    """« Rencontre du 4 novembre 2026 : le texte, raccourci »."""
    suivi = faits.suivi
    if not suivi.note_le:
        return ""
    genre = GenreNote(suivi.note_genre).label
    return f"{genre} du {_longue(suivi.note_le)}\u00a0: {extrait(suivi.note_texte)}"


def extrait(texte: str) -> str:
    une_ligne = " ".join(texte.split())
    if len(une_ligne) <= EXTRAIT:
        return t.typographier(une_ligne)
    return t.typographier(une_ligne[:EXTRAIT].rsplit(" ", 1)[0]) + "…"


def _longue(jour: date | None) -> str:
    return t.date_longue(jour) if jour else "une date inconnue"


ECRITURES: dict[Situation, Callable[[FaitsContrat, date], str]] = {
    Situation.ECHU: fini,
    Situation.FINIT_BIENTOT: finit,
    Situation.A_SIGNER: a_signer,
    Situation.EN_PROJET: en_projet,
    Situation.SIGNE: signe,
}
RAISONS: dict[str, Callable[[FaitsContrat, date], str]] = {
    "inviter": lambda faits, le: "Aucun coordonnateur dans l’équipe",
    "bilan": lambda faits, le: f"Aucun bilan {le.year - 1} publié",
    "nouvelles": lambda faits, le: f"Rien d’écrit depuis le {_longue(faits.derniere_nouvelle)}",
}
