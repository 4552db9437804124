"""Où en est un contrat : ses phases datées et la prochaine étape. Aucun accès à la base."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from acteurs.droits import Droit
from cls_platform.socle import typographie
from contrats.adresses import adresse_de
from contrats.etats import Phase
from contrats.models import Contrat, PassageDate, PassagePhase

FRISE = (
    Phase.DIAGNOSTIC,
    Phase.ELABORATION,
    Phase.SIGNATURE,
    Phase.MISE_EN_OEUVRE,
    Phase.EVALUATION,
)
MOTS_DE_LA_FRISE = {
    Phase.ELABORATION: "Élaboration",
    Phase.DIAGNOSTIC: "Diagnostic",
    Phase.EVALUATION: "Évaluation",
}
JOURS_AVANT_EVALUATION = 365


@dataclass(frozen=True, slots=True)
class EtapeDeFrise:
    """`etat` : « faite », « ici » ou « a_venir »."""

    libelle: str
    precision: str
    etat: str


@dataclass(frozen=True, slots=True)
class ProchaineEtape:
    titre: str
    precision: str
    geste: str
    adresse: str


def frise(
    contrat: Contrat, passages: Iterable[PassagePhase | PassageDate], le: date
) -> list[EtapeDeFrise]:
    """Les cinq grandes phases ; une phase hors de ce déroulé s’y ajoute quand on y est."""
    dates = {passage.vers: passage.date_effet for passage in passages}
    etapes = [*FRISE]
    if contrat.phase in (Phase.INTENTION, Phase.PREFIGURATION):
        etapes.insert(0, Phase(contrat.phase))
    elif contrat.phase not in FRISE:
        etapes = [p for p in FRISE if p in dates] + [Phase(contrat.phase)]
    rang = etapes.index(Phase(contrat.phase))
    return [
        EtapeDeFrise(
            MOTS_DE_LA_FRISE.get(phase, phase.label),
            _precision(contrat, phase, dates.get(phase), i - rang, le),
            "faite" if i < rang else "ici" if i == rang else "a_venir",
        )
        for i, phase in enumerate(etapes)
    ]


def _precision(
    contrat: Contrat, phase: Phase, date_effet: date | None, ecart: int, le: date
) -> str:
    """La date connue d’une phase passée, l’année en cours de la mise en œuvre, sinon rien."""
    if ecart == 0 and phase == Phase.MISE_EN_OEUVRE and (rang := annee_en_cours(contrat, le)):
        return rang
    if phase == Phase.SIGNATURE and contrat.date_signature and ecart <= 0:
        return typographie.date_courte(contrat.date_signature)
    if ecart > 0:
        return _a_venir(contrat, phase)
    return typographie.mois_annee(date_effet) if date_effet else ""


def _a_venir(contrat: Contrat, phase: Phase) -> str:
    if phase == Phase.EVALUATION and contrat.date_fin:
        return f"avant {typographie.mois_annee(contrat.date_fin)}"
    return ""


def annee_en_cours(contrat: Contrat, le: date) -> str:
    """« année 3 sur 5 » ; vide hors des dates du contrat."""
    debut, fin = contrat.date_debut, contrat.date_fin
    if not (debut and fin and debut <= le <= fin):
        return ""
    rang = le.year - debut.year + ((le.month, le.day) >= (debut.month, debut.day))
    duree = fin.year - debut.year + ((fin.month, fin.day) >= (debut.month, debut.day))
    return f"année{typographie.INSECABLE}{rang} sur{typographie.INSECABLE}{max(duree, rang)}"


def prochaine_etape(
    contrat: Contrat, comptes: Mapping[str, Any], droits: frozenset[Droit], le: date
) -> ProchaineEtape | None:
    """La première chose qui manque, parmi celles que la personne peut faire ; None si rien."""
    candidates = [
        *_etapes_du_contrat(contrat, comptes, le),
        *_etapes_du_suivi(contrat, comptes, le),
    ]
    return next((etape for droit, vrai, etape in candidates if vrai and droit in droits), None)


def _etapes_du_contrat(
    contrat: Contrat, comptes: Mapping[str, Any], le: date
) -> list[tuple[Droit, bool, ProchaineEtape]]:
    modifier, ouvert = Droit.MODIFIER_CONTRAT, not contrat.est_termine
    return [
        (modifier, ouvert and not comptes["nombre_communes"], ProchaineEtape(
            "Dessiner le périmètre", "Par intercommunalité, par département ou commune par commune",
            "Choisir les communes", adresse_de("contrats:perimetre", contrat.pk),
        )),
        (modifier, ouvert and not comptes["nombre_signataires"], ProchaineEtape(
            "Ajouter les signataires", "Le porteur, l’agence régionale de santé, les partenaires",
            "Ajouter une organisation", adresse_de("contrats:signataires", contrat.pk),
        )),
        (Droit.MODIFIER_PLAN, ouvert and not comptes["nombre_actions"], ProchaineEtape(
            "Écrire la première fiche action", "Un titre suffit pour commencer",
            "Ajouter une fiche", adresse_de("contrats:action_creer", contrat.pk),
        )),
        (modifier, contrat.est_signe and not contrat.date_signature, ProchaineEtape(
            "Noter la date de signature", "Sans elle, le territoire n’est pas compté comme couvert",
            "Compléter le contrat", adresse_de("contrats:modifier", contrat.pk),
        )),
    ]  # fmt: skip


def _etapes_du_suivi(
    contrat: Contrat, comptes: Mapping[str, Any], le: date
) -> list[tuple[Droit, bool, ProchaineEtape]]:
    plan, fin = adresse_de("contrats:plan", contrat.pk), contrat.date_fin
    retards = comptes.get("en_retard", 0)
    dernier_an = fin is not None and 0 <= (fin - le).days <= JOURS_AVANT_EVALUATION
    finit = dernier_an and contrat.phase == Phase.MISE_EN_OEUVRE
    return [
        (Droit.CHANGER_PHASE, finit, ProchaineEtape(
            "Préparer l’évaluation finale",
            f"Le contrat finit le {typographie.date_longue(fin)}" if fin else "",
            "Changer de phase", adresse_de("contrats:fiche", contrat.pk) + "#phase",
        )),
        (Droit.MODIFIER_PLAN, contrat.est_signe and retards > 0, ProchaineEtape(
            f"Mettre à jour {typographie.pluriel(retards, 'fiche')} en retard",
            "Changez la date ou le statut", "Voir ces fiches", f"{plan}?en_retard=true",
        )),
        (Droit.REDIGER_BILAN, contrat.est_signe, ProchaineEtape(
            f"Préparer le bilan {le.year}", "Vos fiches et vos valeurs de l’année y seront déjà",
            "Ouvrir les bilans", adresse_de("bilans:bilans", contrat.pk),
        )),
    ]  # fmt: skip
