"""Lire une formule : `A02 / A01`, `(A02 + [A-03]) * 2`, `somme_des_actions(A02) / 12`.

    formule  = terme { ("+" | "-") terme }
    terme    = facteur { ("*" | "/") facteur }
    facteur  = [ "-" ] ( nombre | code | "somme_des_actions" "(" code ")" | "(" formule ")" )
    code     = lettre { lettre | chiffre | "_" | "." }  |  "[" n’importe quoi sauf "]" "]"

Un nombre s’écrit avec une virgule ou un point. Aucune base de données, rien n’est exécuté.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

PROFONDEUR = 20
SOMME = "somme_des_actions"
SIGNES = {"×": "*", "÷": "/", "−": "-", "–": "-"}
MOTIF = re.compile(
    r"(?P<nombre>\d+(?:[.,]\d+)?)|(?P<crochet>\[[^\[\]]+\])|(?P<mot>[^\W\d]\w*(?:\.\w+)*)"
    r"|(?P<signe>[-+*/()×÷−–])"
)


class FormuleIllisible(Exception):
    """Le message dit la colonne, à partir de 1."""


@dataclass(frozen=True, slots=True)
class Constante:
    valeur: Fraction


@dataclass(frozen=True, slots=True)
class Citation:
    """`est_somme` : la somme, action par action, des indicateurs venus de ce code."""

    code: str
    colonne: int
    est_somme: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    signe: str
    gauche: "Expression"
    droite: "Expression"


Expression = Constante | Citation | Operation


class Jeton(NamedTuple):
    genre: str
    texte: str
    colonne: int


def analyser(texte: str) -> Expression:
    """Lève FormuleIllisible."""
    return _Lecteur(texte).tout()


def citations(expression: Expression) -> Iterator[Citation]:
    """De gauche à droite, répétitions comprises."""
    reste = [expression]
    while reste:
        noeud = reste.pop()
        if isinstance(noeud, Citation):
            yield noeud
        elif isinstance(noeud, Operation):
            reste += [noeud.droite, noeud.gauche]


def recoder(texte: str, ancien: str, nouveau: str) -> str:
    """La même formule quand un code change ; le reste ne bouge pas."""
    ecrit = nouveau if MOTIF.fullmatch(nouveau) and nouveau[0].isalpha() else f"[{nouveau}]"

    def remplacer(trouve: re.Match[str]) -> str:
        mot = trouve["mot"] or (trouve["crochet"] or "").strip("[]").strip()
        return ecrit if mot == ancien else trouve[0]

    return MOTIF.sub(remplacer, texte)


def _jetons(texte: str) -> Iterator[Jeton]:
    place = 0
    while place < len(texte):
        if texte[place].isspace():
            place += 1
            continue
        trouve = MOTIF.match(texte, place)
        if trouve is None:
            raise FormuleIllisible(
                f"Colonne {place + 1}\u00a0: «\u00a0{texte[place]}\u00a0» ne se lit pas dans une "
                "formule. Écrivez des codes, des nombres, + − × / et des parenthèses."
            )
        genre = str(trouve.lastgroup)
        yield Jeton(genre, SIGNES.get(trouve[0], trouve[0]), place + 1)
        place = trouve.end()


class _Lecteur:
    """Une descente récursive : une méthode par règle de la grammaire."""

    def __init__(self, texte: str) -> None:
        self.jetons = list(_jetons(texte))
        self.place = 0
        self.profondeur = 0

    def tout(self) -> Expression:
        if not self.jetons:
            raise FormuleIllisible("La formule est vide. Écrivez par exemple A02 / A01.")
        lue = self._formule()
        if jeton := self._suivant():
            raise FormuleIllisible(
                f"Colonne {jeton.colonne}\u00a0: un signe + − × / est attendu avant "
                f"«\u00a0{jeton.texte}\u00a0»."
                if jeton.texte != ")"
                else f"Colonne {jeton.colonne}\u00a0: cette parenthèse n’a pas été ouverte."
            )
        return lue

    def _suivant(self) -> Jeton | None:
        return self.jetons[self.place] if self.place < len(self.jetons) else None

    def _prendre(self, *textes: str) -> Jeton | None:
        jeton = self._suivant()
        if jeton is None or jeton.genre != "signe" or jeton.texte not in textes:
            return None
        self.place += 1
        return jeton

    def _formule(self) -> Expression:
        lue = self._terme()
        while signe := self._prendre("+", "-"):
            lue = Operation(signe.texte, lue, self._terme())
        return lue

    def _terme(self) -> Expression:
        lue = self._facteur()
        while signe := self._prendre("*", "/"):
            lue = Operation(signe.texte, lue, self._facteur())
        return lue

    def _facteur(self) -> Expression:
        if self._prendre("-"):
            return Operation("-", Constante(Fraction(0)), self._simple())
        return self._simple()

    def _simple(self) -> Expression:
        if ouverte := self._prendre("("):
            return self._entre_parentheses(ouverte)
        jeton = self._suivant()
        if jeton is None:
            raise FormuleIllisible(
                "La formule s’arrête trop tôt\u00a0: il manque un code ou un nombre."
            )
        if jeton.genre == "signe":
            raise FormuleIllisible(
                f"Colonne {jeton.colonne}\u00a0: un code ou un nombre est attendu, pas "
                f"«\u00a0{jeton.texte}\u00a0»."
            )
        self.place += 1
        if jeton.genre == "nombre":
            return Constante(Fraction(jeton.texte.replace(",", ".")))
        if jeton.texte.lower() == SOMME:
            return self._somme(jeton)
        return Citation(_code(jeton), jeton.colonne)

    def _entre_parentheses(self, ouverte: Jeton) -> Expression:
        self.profondeur += 1
        if self.profondeur > PROFONDEUR:
            raise FormuleIllisible(
                f"Colonne {ouverte.colonne}\u00a0: plus de {PROFONDEUR} parenthèses l’une dans "
                "l’autre. Passez par un indicateur intermédiaire."
            )
        lue = self._formule()
        self._fermer(ouverte)
        self.profondeur -= 1
        return lue

    def _somme(self, jeton: Jeton) -> Citation:
        ouverte, cite = self._prendre("("), self._suivant()
        if ouverte is None or cite is None or cite.genre not in {"mot", "crochet"}:
            raise FormuleIllisible(
                f"Colonne {jeton.colonne}\u00a0: écrivez un code entre parenthèses, par exemple "
                f"{SOMME}(A02)."
            )
        self.place += 1
        self._fermer(ouverte)
        return Citation(_code(cite), cite.colonne, est_somme=True)

    def _fermer(self, ouverte: Jeton) -> None:
        if self._prendre(")"):
            return
        raise FormuleIllisible(
            f"Colonne {ouverte.colonne}\u00a0: la parenthèse ouverte ici n’est pas fermée."
        )


def _code(jeton: Jeton) -> str:
    return jeton.texte.strip("[]").strip()
