"""Le seul écrivain des comptes de bénéficiaires : tous ceux d’une action, une année, d’un coup."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant, verrouiller
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from contrats.models import Action, Population
from contrats.permissions import exiger_sur_action
from indicateurs.models import Beneficiaires

PREMIERE_ANNEE = 2000
NOMBRES = {"personnes": "personnes", "presences": "présences"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteSaisi:
    """Un compte tel qu’il est tapé. `population` et `code_qpv` vides : toute l’action.

    `version` 0 : il n’existait pas. Les deux nombres vides : il s’efface.
    """

    population: Population | None = None
    code_qpv: str = ""
    nom_qpv: str = ""
    personnes: int | None = None
    presences: int | None = None
    sont_distinctes: bool = False
    source: str = ""
    commentaire: str = ""
    version: int = 0

    @property
    def cle(self) -> tuple[str | None, str]:
        return (self.population.pk if self.population else None, self.code_qpv)

    @property
    def est_vide(self) -> bool:
        return self.personnes is None and self.presences is None

    @property
    def valeurs(self) -> dict[str, Any]:
        return {
            "nom_qpv": self.nom_qpv,
            "personnes": self.personnes,
            "presences": self.presences,
            "sont_distinctes": self.sont_distinctes,
            "source": self.source,
            "commentaire": self.commentaire,
        }


@transaction.atomic
def enregistrer_comptes(
    *, action: Action, annee: int, comptes: Sequence[CompteSaisi], par: Any, via: str = "page"
) -> None:
    """Écrit tout, ou rien. Un compte dont on ne dit rien n’est pas touché.

    Lève DonneesRefusees (`champs` : « rang-champ », d’après la place dans `comptes`),
    ConflitVersion (`actuel` : le compte changé entre-temps) ou DroitRefuse.
    """
    exiger_sur_action(par, Droit.SAISIR_MESURES, action)
    _refuser_l_annee(annee)
    _refuser_les_doublons(comptes)
    verrou = verrouiller(action, version=None)
    avant = {_cle(b): b for b in verrou.beneficiaires.filter(annee=annee)}
    for rang, compte in enumerate(comptes):
        _refuser_le_double_compte(rang, compte)
        try:
            _ecrire(verrou, annee, compte, avant.get(compte.cle), par=par, via=via)
        except DonneesRefusees as refus:
            raise _au_rang(rang, refus) from refus
    _refuser_les_contradictions(verrou, annee, comptes)


def _cle(compte: Beneficiaires) -> tuple[str | None, str]:
    return (compte.population_id, compte.code_qpv)


def _ecrire(
    action: Action,
    annee: int,
    compte: CompteSaisi,
    actuel: Beneficiaires | None,
    *,
    par: Any,
    via: str,
) -> None:
    if actuel is None:
        if not compte.est_vide:
            neuf = Beneficiaires(
                action=action,
                annee=annee,
                population=compte.population,
                code_qpv=compte.code_qpv,
                **compte.valeurs,
            )
            creer(neuf, par=par, via=via)
    elif not compte.version:
        raise ConflitVersion(actuel)
    elif compte.est_vide:
        supprimer_en_signant(objet=actuel, version=compte.version, par=par, via=via)
    else:
        enregistrer(actuel, valeurs=compte.valeurs, version=compte.version, par=par, via=via)


def _refuser_l_annee(annee: int) -> None:
    derniere = timezone.localdate().year
    if not PREMIERE_ANNEE <= annee <= derniere:
        raise DonneesRefusees(
            f"On compte les bénéficiaires d’une année commencée, de {PREMIERE_ANNEE} à {derniere}."
        )


def _refuser_les_doublons(comptes: Sequence[CompteSaisi]) -> None:
    vus: set[tuple[str | None, str]] = set()
    for rang, compte in enumerate(comptes):
        if compte.cle in vus:
            _refuser(rang, "personnes", "Ce public et ce quartier sont déjà dans une autre ligne.")
        vus.add(compte.cle)


def _refuser_le_double_compte(rang: int, compte: CompteSaisi) -> None:
    if compte.sont_distinctes and compte.personnes is None and not compte.est_vide:
        _refuser(
            rang,
            "personnes",
            "Vous dites que ces personnes ne sont comptées nulle part ailleurs : donnez leur "
            "nombre.",
        )


def _refuser_les_contradictions(action: Action, annee: int, saisis: Sequence[CompteSaisi]) -> None:
    """Une part ne dépasse pas son tout ; on n’habite qu’un quartier, leur somme non plus."""
    lus = {_cle(b): b for b in action.beneficiaires.filter(annee=annee)}
    rangs = {compte.cle: rang for rang, compte in enumerate(saisis)}
    for champ, mot in NOMBRES.items():
        nombres = {cle: n for cle, b in lus.items() if (n := getattr(b, champ)) is not None}
        for cle, nombre in nombres.items():
            for tout in _touts(cle):
                if nombre > nombres.get(tout, nombre):
                    phrase = f"{nombre} {mot}, c’est plus que le total ({nombres[tout]})."
                    _refuser(rangs.get(cle, rangs.get(tout, 0)), champ, phrase)
        for public in {cle[0] for cle in nombres}:
            _refuser_trop_d_habitants(public, nombres, rangs, champ, mot)


def _touts(cle: tuple[str | None, str]) -> list[tuple[str | None, str]]:
    """Ce dont cette part est comprise : l’action, son public, son quartier."""
    public, quartier = cle
    return [t for t in ((None, ""), (public, ""), (None, quartier)) if t != cle]


def _refuser_trop_d_habitants(
    public: str | None,
    nombres: dict[tuple[str | None, str], int],
    rangs: dict[tuple[str | None, str], int],
    champ: str,
    mot: str,
) -> None:
    quartiers = {cle: n for cle, n in nombres.items() if cle[0] == public and cle[1]}
    total = nombres.get((public, ""))
    if total is not None and sum(quartiers.values()) > total:
        rang = max((rangs[cle] for cle in quartiers if cle in rangs), default=0)
        _refuser(
            rang,
            champ,
            f"Les quartiers font ensemble {sum(quartiers.values())} {mot}, plus que le total "
            f"({total}). On n’habite qu’un quartier.",
        )


def _refuser(rang: int, champ: str, phrase: str) -> None:
    raise DonneesRefusees(phrase, champs={f"{rang}-{champ}": [phrase]})


def _au_rang(rang: int, refus: DonneesRefusees) -> DonneesRefusees:
    """Le refus d’un compte, dit à sa ligne."""
    champs = {
        f"{rang}-{nom if nom in CompteSaisi.__dataclass_fields__ else 'personnes'}": phrases
        for nom, phrases in (refus.champs or {"__all__": [refus.message]}).items()
    }
    return DonneesRefusees(refus.message, champs=champs)
