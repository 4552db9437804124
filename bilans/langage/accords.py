"""Accorder ce que l’on propose : pluriel, majuscule, article qui précède, « à » et « de »."""

from typing import NamedTuple

from cls_platform.socle.typographie import accorder

VOYELLES = frozenset("aàâeéèêëiîïoôuùûœæh")
# Un « h » qui ne s’élide pas
ASPIRES = ("hand", "hasard", "haut", "hors", "huit", "héros", "honte", "halte", "hiérarch")

# (masculin, féminin, devant une voyelle, pluriel)
_ARTICLES: dict[str, tuple[str, str, str, str]] = {
    "le": ("le ", "la ", "l’", "les "),
    "un": ("un ", "une ", "un ", "des "),
    "ce": ("ce ", "cette ", "cet ", "ces "),
    "du": ("du ", "de la ", "de l’", "des "),
    "au": ("au ", "à la ", "à l’", "aux "),
    "son": ("son ", "sa ", "son ", "ses "),
    "notre": ("notre ", "notre ", "notre ", "nos "),
    "tout": ("tout ", "toute ", "tout ", "tous "),
    "de": ("de ", "de ", "d’", "de "),
}
_DE_L_ARTICLE = {
    "le": "le", "la": "le", "l": "le", "les": "le", "un": "un", "une": "un", "ce": "ce",
    "cet": "ce", "cette": "ce", "du": "du", "au": "au", "son": "son", "sa": "son", "tout": "tout",
    "toute": "tout", "d": "de", "de": "de",
}  # fmt: skip


class Article(NamedTuple):
    """Un article à réécrire : combien de mots il prend, et sa nouvelle forme, espace comprise."""

    mots: int
    texte: str


def commence_par_une_voyelle(mot: str) -> bool:
    bas = mot.lower()
    return bas[:1] in VOYELLES and not bas.startswith(ASPIRES)


def article(avant: list[str], suivant: str, *, genre: str, pluriel: bool) -> Article | None:
    """L’article qui convient devant `suivant` ; `avant` : les mots qui précèdent, minuscules.

    None quand il n’y a pas d’article, ou qu’il ne change pas.
    """
    if pluriel or not avant or avant[-1] not in _DE_L_ARTICLE:
        return None
    cle, pris = _DE_L_ARTICLE[avant[-1]], 1
    if cle == "le" and len(avant) > 1 and avant[-1] != "le" and avant[-2] in {"de", "à"}:
        cle, pris = ("du" if avant[-2] == "de" else "au"), 2
    masculin, feminin, elide, _ = _ARTICLES[cle]
    if commence_par_une_voyelle(suivant):
        # « une école », « cette école » : au féminin, seuls « la », « de la » et « à la » s’élident
        reste = genre == "f" and cle in {"un", "ce", "tout"}
        return Article(pris, feminin if reste else elide)
    return Article(pris, feminin if genre == "f" else masculin)


def pluriel_de(remplacement: str, *, pluriel: bool) -> str:
    """« zone|zones » choisit ; sans pluriel donné, le premier mot s’accorde."""
    singulier, _, donne = remplacement.partition("|")
    if not pluriel:
        return singulier
    if donne:
        return donne
    premier, espace, reste = singulier.partition(" ")
    return f"{accorder(premier)}{espace}{reste}"


def pluriels(mot: str) -> frozenset[str]:
    """Le mot et ses pluriels possibles."""
    formes = {mot, accorder(mot), f"{mot}s"}
    return frozenset(formes)


def accords_de_l_adjectif(mot: str) -> frozenset[str]:
    """Masculin, féminin, et leurs pluriels."""
    feminins = {mot if mot.endswith("e") else f"{mot}e"}
    for fin, au_feminin in (
        ("el", "elle"), ("if", "ive"), ("ien", "ienne"), ("eux", "euse"), ("teur", "trice"),
        ("eur", "euse"),
    ):  # fmt: skip
        if mot.endswith(fin):
            feminins.add(f"{mot.removesuffix(fin)}{au_feminin}")
    return pluriels(mot).union(*(pluriels(f) for f in feminins))


def majuscule(texte: str, *, comme: str) -> str:
    """La majuscule de `comme`, s’il en a une."""
    return f"{texte[:1].upper()}{texte[1:]}" if comme[:1].isupper() else texte
