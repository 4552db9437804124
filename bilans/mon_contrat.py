"""« Quel est mon contrat ? » : d’une commune, d’un code postal ou d’un nom au contrat public."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from acteurs.models import Acteur, Commune
from contrats.models import Contrat, Perimetre

CODE_POSTAL = re.compile(r"^\d{5}$")
COMMUNES_MONTREES = 12
CONTRATS_MONTRES = 6
LONGUEUR_MAX = 80


@dataclass(frozen=True, slots=True)
class Lieu:
    """Une commune et les contrats publics qui la couvrent ce jour-là ; aucun, peut-être."""

    commune: Commune
    contrats: tuple[Contrat, ...]


@dataclass(frozen=True, slots=True)
class Trouve:
    """`nommes` : les contrats dont le nom répond, hors ceux des communes déjà trouvées.

    `il_y_en_a_plus` : d’autres communes répondaient ; préciser aidera.
    """

    texte: str
    lieux: tuple[Lieu, ...]
    nommes: tuple[Contrat, ...]
    il_y_en_a_plus: bool = False

    @property
    def est_vide(self) -> bool:
        return not (self.lieux or self.nommes)

    @property
    def est_sans_contrat(self) -> bool:
        """Des communes trouvées, aucun contrat public pour aucune."""
        return bool(self.lieux) and not any(lieu.contrats for lieu in self.lieux)

    @property
    def seul_contrat(self) -> Contrat | None:
        """Le contrat où mener tout de suite : toutes les communes trouvées n’ont que lui."""
        if not self.lieux or self.nommes or self.il_y_en_a_plus:
            return None
        if any(len(lieu.contrats) != 1 for lieu in self.lieux):
            return None
        contrats = {lieu.contrats[0].pk: lieu.contrats[0] for lieu in self.lieux}
        return next(iter(contrats.values())) if len(contrats) == 1 else None

    @property
    def lieu_sans_contrat(self) -> Lieu | None:
        """La seule commune trouvée, quand aucun contrat public ne la couvre."""
        if len(self.lieux) == 1 and not self.lieux[0].contrats and not self.nommes:
            return self.lieux[0]
        return None


def chercher(texte: str, le: date) -> Trouve:
    """Accents, majuscules et traits d’union ignorés. Un texte vide ne trouve rien."""
    propre = " ".join(texte.replace("\x00", "").split())[:LONGUEUR_MAX]
    if not propre:
        return Trouve("", (), ())
    communes = _communes(propre)
    lieux = _lieux(communes[:COMMUNES_MONTREES], le)
    deja = {contrat.pk for lieu in lieux for contrat in lieu.contrats}
    nommes = [] if CODE_POSTAL.match(propre) else _nommes(propre)
    return Trouve(
        texte=propre,
        lieux=lieux,
        nommes=tuple(c for c in nommes if c.pk not in deja)[:CONTRATS_MONTRES],
        il_y_en_a_plus=len(communes) > COMMUNES_MONTREES,
    )


def dans_la_commune(code: str, le: date) -> Lieu | None:
    """La commune choisie ; None si ce code Insee n’existe pas, ou plus."""
    communes = list(Commune.objects.actuelles().filter(pk=code).pour_un_choix())
    return _lieux(communes, le)[0] if communes else None


def agence_de(commune: Commune) -> Acteur | None:
    return Acteur.objects.ars().filter(region=commune.region_id).tries().first()


def _communes(texte: str) -> list[Commune]:
    """Un nom exact écarte ceux qui ne font que commencer comme lui."""
    if CODE_POSTAL.match(texte):
        return list(Commune.objects.du_code_postal(texte)[: COMMUNES_MONTREES + 1])
    trouvees = Commune.objects.actuelles().rechercher(texte).pour_un_choix()
    exactes = list(trouvees.nommees_exactement(texte)[: COMMUNES_MONTREES + 1])
    return exactes or list(trouvees[: COMMUNES_MONTREES + 1])


def _lieux(communes: Sequence[Commune], le: date) -> tuple[Lieu, ...]:
    presences = Perimetre.objects.publiques_de([c.pk for c in communes], le)
    par_commune: dict[str, dict[object, Contrat]] = defaultdict(dict)
    for presence in presences:
        par_commune[presence.commune_id].setdefault(presence.contrat_id, presence.contrat)
    return tuple(Lieu(c, tuple(par_commune[c.pk].values())) for c in communes)


def _nommes(texte: str) -> list[Contrat]:
    contrats = Contrat.objects.publics().dont_le_nom_dit(texte).select_related("region").tries()
    return list(contrats[: CONTRATS_MONTRES + COMMUNES_MONTREES])
