"""Ce que les élus ont à décider : un texte écrit, lu point par point. Aucune base.

    - Passer le bus santé de 12 à 16 communes
      Pour quand : mars 2027
      Enjeu : sans accord, quatre communes restent sans passage.
      Qui décide : le comité de pilotage

Le point dit quoi. Ses lignes, dans l’ordre que l’on veut, disent le reste. Sans ligne « Enjeu », ce
qui suit « : » sur la première en tient lieu ; une ligne sans étiquette connue s’y ajoute.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bilans.langage.ecrits import plier
from bilans.textes import Bloc, Paragraphe, blocs

POINTS_MONTRES = 5
QUAND = frozenset({"pour quand", "quand", "date", "echeance"})
ENJEU = frozenset({"enjeu", "l'enjeu", "pourquoi"})
QUI = frozenset({"qui decide", "qui"})


@dataclass(frozen=True, slots=True)
class PointADecider:
    quoi: str
    quand: str = ""
    enjeu: str = ""
    qui: str = ""

    @property
    def manque(self) -> tuple[str, ...]:
        """Ce qu’il ne dit pas encore, en mots."""
        dits = (("pour quand", self.quand), ("l’enjeu", self.enjeu))
        return tuple(mot for mot, dit in dits if not dit)

    @property
    def ecrit(self) -> str:
        """Le point tel qu’on l’écrit."""
        suite = (("Pour quand", self.quand), ("Enjeu", self.enjeu), ("Qui décide", self.qui))
        return "\n".join([f"- {self.quoi}", *(f"  {mot} : {dit}" for mot, dit in suite if dit)])


def points(texte: str) -> tuple[PointADecider, ...]:
    """Un par puce ; sans aucune puce, un par paragraphe. Les intertitres ne sont pas des points."""
    lus = blocs(texte)
    retenus = [b for b in lus if b.est_point] or [b for b in lus if not b.est_titre]
    return tuple(point for bloc in retenus if (point := _point(bloc)).quoi)


def _point(bloc: Bloc) -> PointADecider:
    premier, suite = bloc.paragraphes[0], bloc.paragraphes[1:]
    enjeux = _de(suite, ENJEU)
    libres = [_entier(p) for p in suite if _etiquette(p) not in QUAND | ENJEU | QUI]
    dits = [*enjeux, *libres]
    if bloc.etiquette and not enjeux:
        return PointADecider(
            bloc.etiquette, _un(suite, QUAND), " ".join([premier.texte, *libres]), _un(suite, QUI)
        )
    quoi = f"{bloc.etiquette} : {premier.texte}" if bloc.etiquette else premier.texte
    return PointADecider(quoi.strip(), _un(suite, QUAND), " ".join(dits), _un(suite, QUI))


def _etiquette(paragraphe: Paragraphe) -> str:
    return plier(paragraphe.gras).replace("’", "'")


def _de(suite: Iterable[Paragraphe], voulues: frozenset[str]) -> list[str]:
    return [p.texte for p in suite if p.gras and _etiquette(p) in voulues]


def _un(suite: Iterable[Paragraphe], voulues: frozenset[str]) -> str:
    return ", ".join(_de(suite, voulues))


def _entier(paragraphe: Paragraphe) -> str:
    return f"{paragraphe.gras} : {paragraphe.texte}" if paragraphe.gras else paragraphe.texte
