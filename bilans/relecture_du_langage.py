"""Le langage d’un bilan entier, ou d’une seule partie : sigles, facilité de lecture, alertes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bilans.langage import (
    Alerte,
    Analyse,
    Lecture,
    Mesure,
    Segment,
    SigleLu,
    Sigles,
    ensemble,
    relever,
    relire,
    segments,
)
from bilans.langage.analyse import REGLES_DES_PHRASES
from bilans.langage.reglement import GRAVITES, Bande
from bilans.lieux import Lieu, lieux
from bilans.models import Bilan, PointDeControle, SectionBilan, VoletBilan
from bilans.rapport import construire_et_relever
from bilans.vocabulaire import lire_decisions
from bilans.vocabulaire_garde import Vocabulaire, vocabulaire

# Une partie se lit en une page ; au-delà, on dit que l’on n’a relu que le début
SIGNES_RELUS = 60_000
ALERTES_MONTREES = 25


@dataclass(frozen=True, slots=True)
class LieuRelu:
    """`montres` : le texte en morceaux, les alertes surlignées."""

    lieu: Lieu
    analyse: Analyse

    @property
    def montres(self) -> list[Segment]:
        return segments(self.analyse.texte, self.analyse.alertes)

    @property
    def alertes_montrees(self) -> tuple[Alerte, ...]:
        """Les plus graves d’abord, puis dans l’ordre du texte."""
        triees = sorted(self.analyse.alertes, key=_rang)
        return tuple(triees[:ALERTES_MONTREES])

    @property
    def alertes_tues(self) -> int:
        return max(len(self.analyse.alertes) - ALERTES_MONTREES, 0)


@dataclass(frozen=True, slots=True)
class SigleSitue:
    """Un sigle du bilan, et les noms des parties où il paraît."""

    lu: SigleLu
    ou: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """`combien` : les alertes qui empêchent de le tenir ; None quand une personne le vérifie."""

    libelle: str
    aide: str
    combien: int | None


@dataclass(frozen=True, slots=True)
class LangageDuBilan:
    parties: tuple[LieuRelu, ...]
    sigles: tuple[SigleSitue, ...]
    mesure: Mesure | None
    bande: Bande | None

    @property
    def a_trancher(self) -> tuple[SigleSitue, ...]:
        return tuple(s for s in self.sigles if s.lu.est_a_trancher)

    @property
    def tranches(self) -> tuple[SigleSitue, ...]:
        return tuple(s for s in self.sigles if not s.lu.est_a_trancher)

    @property
    def a_reprendre(self) -> tuple[LieuRelu, ...]:
        """Celles qui ont une erreur d’abord, puis un avertissement ; sinon, l’ordre du bilan."""
        dites = (p for p in self.parties if p.analyse.alertes)
        return tuple(sorted(dites, key=lambda p: min(map(_rang, p.analyse.alertes))))

    def sigle(self, sigle: str) -> SigleLu | None:
        return next((s.lu for s in self.sigles if s.lu.sigle == sigle), None)

    def combien(self, regles: Iterable[str]) -> int:
        voulues = frozenset(regles)
        return sum(a.regle in voulues for p in self.parties for a in p.analyse.alertes)


def _rang(a: Alerte) -> int:
    return GRAVITES.index(a.gravite)


def langage_du_bilan(bilan: Bilan, *, le: date) -> LangageDuBilan:
    """Tout ce que le bilan montre ce jour-là, relu."""
    instantane, sigles = construire_et_relever(bilan, arrete_le=le)
    connu = vocabulaire()
    tous = lieux(instantane)
    relus = tuple(
        LieuRelu(lieu, _relire(lieu.texte[:SIGNES_RELUS], connu, sigles, bilan.annee))
        for lieu in tous
    )
    mesure = ensemble(relu.analyse.mesure for relu in relus)
    return LangageDuBilan(
        parties=relus,
        sigles=tuple(
            SigleSitue(lu, tuple(tous[rang].titre for rang in lu.textes)) for lu in sigles.lus
        ),
        mesure=mesure,
        bande=connu.reglement.bande(mesure.score) if mesure else None,
    )


def _relire(texte: str | Lecture, connu: Vocabulaire, sigles: Sigles, annee: int) -> Analyse:
    return relire(texte, connu.reglement, connu.lexique, sigles, annee)


def langage_de_la_partie(bilan: Bilan, lieu: Lieu) -> tuple[LieuRelu, Sigles]:
    """Une partie, telle qu’on la tape. Un sigle expliqué dans une autre partie l’est ici aussi."""
    connu, decisions = vocabulaire(), lire_decisions(bilan)
    court = Lieu(lieu.code, lieu.titre, lieu.texte[:SIGNES_RELUS], lieu.noms)
    lu = Lecture(court.texte)
    tout = Lecture(court.tout) if court.noms else lu
    sigles = relever([tout], connu.lexique, decisions)
    if sigles.bloquent:
        ailleurs = _ou_ils_s_expliquent(bilan, sigles.a_trancher)
        ensemble_ = relever([tout, *ailleurs], connu.lexique, decisions)
        sigles = Sigles(tuple(s for s in ensemble_.lus if 0 in s.textes))
    return LieuRelu(court, _relire(lu, connu, sigles, bilan.annee)), sigles


def _ou_ils_s_expliquent(bilan: Bilan, a_trancher: Iterable[SigleLu]) -> list[str]:
    """Les textes du bilan où l’un d’eux est à côté d’une parenthèse."""
    marques = [m for lu in a_trancher for m in (f"({lu.sigle}", f"{lu.sigle} (")]
    sections = SectionBilan.objects.filter(bilan=bilan).values_list("texte", flat=True)
    volets = VoletBilan.objects.filter(bilan=bilan).values_list("texte", flat=True)
    textes = sections.union(volets, all=True)
    return [texte for texte in textes if any(marque in texte for marque in marques)]


def liste_de_controle(langage: LangageDuBilan) -> list[Point]:
    """Avant de dire « version simplifiée » : ce que les règles comptent, ce que l’on vérifie."""
    return [
        Point(ligne.libelle, ligne.aide, _compter(langage, ligne.regle) if ligne.regle else None)
        for ligne in PointDeControle.objects.actives().order_by("ordre", "code")
    ]


def _compter(langage: LangageDuBilan, regle: str) -> int:
    if regle in REGLES_DES_PHRASES:
        return langage.combien(REGLES_DES_PHRASES)
    return langage.combien([regle])
