"""Les mots de l’avancement, des priorités et des oui, comme on les écrit dans un tableur."""

from cls_platform.socle.tableur.cles import cle
from contrats.etats import STATUT_PUBLIC, StatutAction
from contrats.models import OrigineAction, Priorite

S = StatutAction
_STATUTS: dict[str, str] = {
    "a faire": S.A_VENIR, "prevue": S.A_VENIR, "prevu": S.A_VENIR, "planifiee": S.A_VENIR,
    "non commencee": S.A_VENIR, "non commence": S.A_VENIR, "non demarree": S.A_VENIR,
    "non demarre": S.A_VENIR, "non debutee": S.A_VENIR, "a lancer": S.A_VENIR,
    "programmee": S.A_VENIR, "a demarrer": S.A_VENIR, "pas commencee": S.A_VENIR,
    "a discuter": S.A_DISCUTER, "a valider": S.A_DISCUTER, "en reflexion": S.A_DISCUTER,
    "projet": S.A_DISCUTER, "a l etude": S.A_DISCUTER, "en projet": S.A_DISCUTER,
    "cours": S.EN_COURS, "engagee": S.EN_COURS, "engage": S.EN_COURS, "demarree": S.EN_COURS,
    "lancee": S.EN_COURS, "commencee": S.EN_COURS, "en cours de realisation": S.EN_COURS,
    "encours": S.EN_COURS, "active": S.EN_COURS, "debutee": S.EN_COURS, "demarre": S.EN_COURS,
    "en cours de mise en oeuvre": S.EN_COURS, "en continu": S.EN_COURS,
    "retard": S.EN_RETARD, "retardee": S.EN_RETARD,
    "pause": S.EN_PAUSE, "suspendue": S.EN_PAUSE, "suspendu": S.EN_PAUSE,
    "en attente": S.EN_PAUSE, "en suspens": S.EN_PAUSE, "gelee": S.EN_PAUSE,
    "bloque": S.BLOQUEE, "en difficulte": S.BLOQUEE,
    "realise": S.REALISEE, "fait": S.REALISEE, "faite": S.REALISEE, "terminee": S.REALISEE,
    "termine": S.REALISEE, "achevee": S.REALISEE, "acheve": S.REALISEE, "finie": S.REALISEE,
    "fini": S.REALISEE, "cloturee": S.REALISEE, "ok": S.REALISEE, "finalisee": S.REALISEE,
    "partielle": S.REALISEE_PARTIELLEMENT, "partiel": S.REALISEE_PARTIELLEMENT,
    "realisee partiellement": S.REALISEE_PARTIELLEMENT,
    "partiellement realise": S.REALISEE_PARTIELLEMENT,
    "en partie realisee": S.REALISEE_PARTIELLEMENT, "realisee en partie": S.REALISEE_PARTIELLEMENT,
    "abandonne": S.ABANDONNEE, "annulee": S.ABANDONNEE, "annule": S.ABANDONNEE,
    "non realisee": S.ABANDONNEE, "supprimee": S.ABANDONNEE, "arretee": S.ABANDONNEE,
    "reporte": S.REPORTEE, "decalee": S.REPORTEE, "differee": S.REPORTEE,
}  # fmt: skip
_PRIORITES = {
    "haute": Priorite.ELEVE, "eleve": Priorite.ELEVE, "forte": Priorite.ELEVE, "1": Priorite.ELEVE,
    "p1": Priorite.ELEVE, "prioritaire": Priorite.ELEVE, "urgente": Priorite.ELEVE,
    "moyen": Priorite.MOYEN, "2": Priorite.MOYEN, "p2": Priorite.MOYEN, "normale": Priorite.MOYEN,
    "bas": Priorite.BAS, "faible": Priorite.BAS, "3": Priorite.BAS, "p3": Priorite.BAS,
}  # fmt: skip
_ORIGINES = {
    "nouvelle": OrigineAction.NOUVELLE, "oui": OrigineAction.NOUVELLE,
    "existante": OrigineAction.EXISTANTE, "en place": OrigineAction.EXISTANTE,
    "reconduite": OrigineAction.RECONDUITE, "reconduction": OrigineAction.RECONDUITE,
}  # fmt: skip
OUI = frozenset({"oui", "o", "x", "vrai", "true", "1", "yes", "ok"})
NON = frozenset({"non", "n", "faux", "false", "0", "no"})
COCHES = frozenset("✓✔☑✅")


def mots_de(enumeration: type) -> dict[str, str]:
    """Tout ce qui désigne une valeur de cette énumération."""
    mots = {cle(libelle): code for code, libelle in enumeration.choices}  # type: ignore[attr-defined]  # énumération de Django
    mots |= {cle(code): code for code in enumeration.values}  # type: ignore[attr-defined]  # énumération de Django
    if enumeration is StatutAction:
        mots = {cle(mot): code for code, mot in STATUT_PUBLIC.items()} | _STATUTS | mots
    elif enumeration is Priorite:
        mots |= _PRIORITES
    elif enumeration is OrigineAction:
        mots |= _ORIGINES
    else:
        # « Prévention primaire » s’écrit aussi « primaire »
        mots |= {m.removeprefix("prevention "): code for m, code in dict(mots).items()}
    return mots
