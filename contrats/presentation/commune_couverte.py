"""En phrases : pourquoi cette commune est couverte, en projet ou blanche."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cls_platform.socle.typographie import date_longue, nombre, pluriel
from contrats.couverture_commune import Presence, Raison
from contrats.couverture_etats import EtatCommune, EtatCouverture
from contrats.etats import Phase
from contrats.liens_de_contrats import LienDeContrat

TITRES = {
    EtatCouverture.SIGNE: "Couverte par un contrat signé",
    EtatCouverture.FINIT_BIENTOT: "Couverte par un contrat signé, qui finit sous 12 mois",
    EtatCouverture.PLUSIEURS: "Couverte par plusieurs contrats signés : elle compte une fois",
    EtatCouverture.EN_PROJET: "Aucun contrat signé ; un contrat est en projet",
    EtatCouverture.AUCUN: "Aucun contrat ne la couvre",
}


@dataclass(frozen=True, slots=True)
class LigneDePresence:
    """Un contrat et la phrase qui dit s’il compte."""

    lien: LienDeContrat
    raison: Raison
    phrase: str

    @property
    def compte(self) -> bool:
        return self.raison in (Raison.COUVRE, Raison.PROJET)


def lignes_de_presence(
    presences: Sequence[Presence], liens: Mapping[UUID, LienDeContrat], le: date
) -> list[LigneDePresence]:
    return [
        LigneDePresence(liens[p.contrat], raison, phrase(p, raison))
        for p in presences
        for raison in (p.raison(le),)
    ]


def phrase(p: Presence, raison: Raison) -> str:
    return PHRASES[raison](p)


def _couvre(p: Presence) -> str:
    fins = [jour for jour in (p.fin, p.sortie) if jour]
    depuis = max(jour for jour in (p.entree, p.debut, p.date_signature) if jour)
    jusqu_a = f", jusqu’au {date_longue(min(fins))}" if fins else ", sans fin fixée"
    return f"La couvre depuis le {date_longue(depuis)}{jusqu_a}{_par(p.avenant_entree)}."


def _projet(p: Presence) -> str:
    return f"En projet : {_phase(p)}."


def _pas_entree(p: Presence) -> str:
    return f"Elle y entre le {date_longue(p.entree)}{_par(p.avenant_entree)}."


def _sortie(p: Presence) -> str:
    jour = date_longue(p.sortie) if p.sortie else ""
    return f"Elle en est sortie le {jour}{_par(p.avenant_sortie)}."


def _arrete(p: Presence) -> str:
    return f"La démarche a été arrêtée le {date_longue(p.arret)}." if p.arret else ""


def _fini(p: Presence) -> str:
    return f"Il a pris fin le {date_longue(p.fin)}." if p.fin else ""


def _pas_signe(p: Presence) -> str:
    if p.date_signature:
        return f"Il a été signé plus tard, le {date_longue(p.date_signature)}."
    ou = f" ({_phase(p)})" if p.phase else ""
    return f"Il n’est pas encore signé{ou}."


def _pas_commence(p: Presence) -> str:
    return f"Il est signé, mais ne commence que le {date_longue(p.debut)}." if p.debut else ""


PHRASES = {
    Raison.COUVRE: _couvre,
    Raison.PROJET: _projet,
    Raison.PAS_ENTREE: _pas_entree,
    Raison.SORTIE: _sortie,
    Raison.ARRETE: _arrete,
    Raison.FINI: _fini,
    Raison.PAS_SIGNE: _pas_signe,
    Raison.PAS_COMMENCE: _pas_commence,
}


def _par(avenant: int | None) -> str:
    return f", par l’avenant n° {avenant}" if avenant else ""


def _phase(p: Presence) -> str:
    if not p.phase or not p.phase_depuis:
        return "phase inconnue"
    libelle = Phase(p.phase).label
    return f"{libelle[0].lower()}{libelle[1:]} depuis le {date_longue(p.phase_depuis)}"


def phrase_des_voisines(commune: str, voisines: Mapping[str, EtatCommune]) -> str:
    """Ce que vivent les autres communes de son intercommunalité."""
    autres = [etat for code, etat in voisines.items() if code != commune]
    if not autres:
        return ""
    signees = sum(etat.contrats_signes > 0 for etat in autres)
    if not signees:
        return "Aucune autre commune de son intercommunalité n’est couverte."
    return (
        f"Dans son intercommunalité, {nombre(signees)} des {pluriel(len(autres), 'autre')} "
        f"{'commune est couverte' if signees < 2 else 'communes sont couvertes'}."
    )
