"""Sigles à expliquer et facilité de lecture d’un texte public. Aucune base de données.

Règles des sigles : mot entier, majuscules exactes, pluriel ignoré, jamais dans une adresse. Un
sigle à plusieurs sens se choisit par le contexte ; sans choix, il bloque la publication, comme un
sigle inconnu.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

EXCEPTIONS = frozenset({"UE", "COVID", "PDF", "QR", "OK", "SMS", "TV"})
_ADRESSE = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")
_CANDIDAT = re.compile(r"(?<!\w)([A-Z][A-Z0-9ÀÂÇÉÈÊËÎÏÔÛÜ]+)s?(?!\w)")
_ROMAIN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


@dataclass(frozen=True, slots=True)
class Definition:
    """Un sens d’un sigle. `contexte` : le thème où ce sens est le bon, vide s’il n’y en a qu’un."""

    sigle: str
    terme: str
    contexte: str = ""
    explication: str = ""


@dataclass(frozen=True, slots=True)
class Sigles:
    """Ce que l’on a trouvé dans des textes, chaque partie dans l’ordre alphabétique."""

    expliques: tuple[Definition, ...]
    ambigus: tuple[str, ...]
    inconnus: tuple[str, ...]

    @property
    def bloquent(self) -> bool:
        return bool(self.ambigus or self.inconnus)


Lexique = Mapping[str, Sequence[Definition]]


def lexique(definitions: Iterable[Definition]) -> dict[str, tuple[Definition, ...]]:
    """Les sens de chaque sigle."""
    range_: dict[str, tuple[Definition, ...]] = {}
    for definition in definitions:
        range_[definition.sigle] = (*range_.get(definition.sigle, ()), definition)
    return range_


def reperer(texte: str) -> Iterator[str]:
    """Les sigles d’un texte, dans l’ordre, chacun autant de fois qu’il paraît."""
    for trouve in _CANDIDAT.finditer(_ADRESSE.sub(" ", texte)):
        sigle = trouve[1]
        chiffres_romains = _ROMAIN.fullmatch(sigle) and not sigle.startswith(("CD", "DC", "MC"))
        if sigle not in EXCEPTIONS and not chiffres_romains and not _mot_crie(sigle):
            yield sigle


def _mot_crie(sigle: str) -> bool:
    """Un mot long écrit en capitales (« ATTENTION ») n’est pas un sigle."""
    return len(sigle) > 9 and sigle.isalpha()


def analyser(
    textes: Iterable[str], connus: Lexique, contextes: Collection[str] = frozenset()
) -> Sigles:
    """Classe les sigles. `contextes` : thèmes du document, qui tranchent les sigles ambigus."""
    presents = sorted({sigle for texte in textes for sigle in reperer(texte)})
    expliques, ambigus, inconnus = [], [], []
    for sigle in presents:
        sens = connus.get(sigle, ())
        retenus = sens if len(sens) < 2 else [d for d in sens if d.contexte in contextes]
        if len(retenus) == 1:
            expliques.append(retenus[0])
        elif sens:
            ambigus.append(sigle)
        else:
            inconnus.append(sigle)
    return Sigles(tuple(expliques), tuple(ambigus), tuple(inconnus))


def expliquer(texte: str, termes: Mapping[str, str], deja: set[str]) -> str:
    """Développe chaque sigle à sa première rencontre : « la CPTS (communauté …) ».

    `deja` se remplit : le même ensemble sert à tout le document. Un sigle déjà entre parenthèses
    suit sa forme longue : il est tenu pour expliqué.
    """
    morceaux, fin = [], 0
    adresses = [trouve.span() for trouve in _ADRESSE.finditer(texte)]
    for trouve in _CANDIDAT.finditer(texte):
        sigle = trouve[1]
        dans_adresse = any(de <= trouve.start() < a for de, a in adresses)
        if dans_adresse or sigle not in termes or sigle in deja:
            continue
        deja.add(sigle)
        if texte[: trouve.start(1)].endswith("(") or texte[trouve.end() :].lstrip().startswith("("):
            continue
        morceaux += [texte[fin : trouve.end()], f" ({termes[sigle]})"]
        fin = trouve.end()
    return "".join([*morceaux, texte[fin:]])


_PHRASE = re.compile(r"[.!?…]+(?=\s|$)")
_MOT = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,  ]\d+)*")
_VOYELLES = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+", re.IGNORECASE)


def phrases(texte: str) -> list[str]:
    """Un retour à la ligne finit une phrase."""
    lignes = (morceau for ligne in texte.splitlines() for morceau in _PHRASE.split(ligne))
    return [phrase.strip() for phrase in lignes if phrase.strip()]


def mots(texte: str) -> list[str]:
    return _MOT.findall(texte)


def kandel_moles(texte: str) -> float | None:
    """Facilité de lecture, de 0 (difficile) à 100 (facile) ; None sans texte.

    Kandel et Moles, 1958 : 207 − 1,015 × (mots / phrases) − 73,6 × (syllabes / mots). Une syllabe
    est ici un groupe de voyelles : un signal, pas une mesure. Repères : 60 et plus se lit bien, un
    texte sous 50 est à simplifier.
    """
    trouves, nombre_phrases = mots(texte), len(phrases(texte))
    if not trouves or not nombre_phrases:
        return None
    syllabes = sum(max(len(_VOYELLES.findall(mot)), 1) for mot in trouves)
    score = 207 - 1.015 * len(trouves) / nombre_phrases - 73.6 * syllabes / len(trouves)
    return min(max(score, 0.0), 100.0)


def phrases_longues(texte: str, seuil: int = 20) -> list[str]:
    """Les phrases de plus de `seuil` mots."""
    return [phrase for phrase in phrases(texte) if len(mots(phrase)) > seuil]
