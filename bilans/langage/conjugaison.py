"""Assez de conjugaison pour reconnaître un verbe et en écrire un autre à la même forme.

Trois groupes réguliers et les verbes irréguliers que nos listes emploient. Un verbe que l’on ne
sait pas conjuguer n’est reconnu, et écrit, qu’à l’infinitif.
"""

from functools import lru_cache
from typing import NamedTuple

IMPARFAIT = ("ais", "ais", "ait", "ions", "iez", "aient")
FUTUR = ("ai", "as", "a", "ons", "ez", "ont")


class Forme(NamedTuple):
    """`rang` : la personne, de 0 (je) à 5 (ils), ou le rang du participe (m, f, m pl., f pl.)."""

    temps: str
    rang: int


class _Irregulier(NamedTuple):
    present: str
    imparfait: str
    futur: str
    participe: str
    gerondif: str
    subjonctif: str


_IRREGULIERS = {
    "être": _Irregulier(
        "suis es est sommes êtes sont", "ét", "ser", "été été été été", "étant",
        "sois sois soit soyons soyez soient",
    ),
    "avoir": _Irregulier(
        "ai as a avons avez ont", "av", "aur", "eu eue eus eues", "ayant",
        "aie aies ait ayons ayez aient",
    ),
    "faire": _Irregulier(
        "fais fais fait faisons faites font", "fais", "fer", "fait faite faits faites", "faisant",
        "fasse fasses fasse fassions fassiez fassent",
    ),
    "prendre": _Irregulier(
        "prends prends prend prenons prenez prennent", "pren", "prendr", "pris prise pris prises",
        "prenant", "prenne prennes prenne prenions preniez prennent",
    ),
    "mettre": _Irregulier(
        "mets mets met mettons mettez mettent", "mett", "mettr", "mis mise mis mises", "mettant",
        "mette mettes mette mettions mettiez mettent",
    ),
    "devoir": _Irregulier(
        "dois dois doit devons devez doivent", "dev", "devr", "dû due dus dues", "devant",
        "doive doives doive devions deviez doivent",
    ),
    "pouvoir": _Irregulier(
        "peux peux peut pouvons pouvez peuvent", "pouv", "pourr", "pu pu pu pu", "pouvant",
        "puisse puisses puisse puissions puissiez puissent",
    ),
    "tenir": _Irregulier(
        "tiens tiens tient tenons tenez tiennent", "ten", "tiendr", "tenu tenue tenus tenues",
        "tenant", "tienne tiennes tienne tenions teniez tiennent",
    ),
    "voir": _Irregulier(
        "vois vois voit voyons voyez voient", "voy", "verr", "vu vue vus vues", "voyant",
        "voie voies voie voyions voyiez voient",
    ),
    "ouvrir": _Irregulier(
        "ouvre ouvres ouvre ouvrons ouvrez ouvrent", "ouvr", "ouvrir",
        "ouvert ouverte ouverts ouvertes", "ouvrant", "ouvre ouvres ouvre ouvrions ouvriez ouvrent",
    ),
}  # fmt: skip
_PREFIXES = ("com", "ap", "entre", "per", "re", "sou", "main", "ob", "dé", "pré")


@lru_cache(maxsize=512)
def formes(infinitif: str) -> dict[Forme, str]:
    """Chaque forme du verbe."""
    regulieres = _irregulieres(infinitif) or _regulieres(infinitif)
    return {Forme("infinitif", 0): infinitif, **regulieres}


@lru_cache(maxsize=512)
def lectures(infinitif: str) -> dict[str, Forme]:
    """Ce que chaque mot veut dire : la lecture la plus courante d’abord (présent, participe…)."""
    lues: dict[str, Forme] = {}
    for forme, mot in formes(infinitif).items():
        lues.setdefault(mot, forme)
    return lues


def conjuguer(infinitif: str, forme: Forme) -> str:
    """L’infinitif même quand la forme n’est pas connue."""
    return formes(infinitif).get(forme, infinitif)


def _irregulieres(infinitif: str) -> dict[Forme, str]:
    for verbe, modele in _IRREGULIERS.items():
        prefixe = infinitif.removesuffix(verbe)
        if infinitif == verbe or (prefixe in _PREFIXES and prefixe + verbe == infinitif):
            return {
                **_temps("present", [prefixe + f for f in modele.present.split()]),
                **_temps("participe", [prefixe + f for f in modele.participe.split()]),
                **_temps("imparfait", [prefixe + modele.imparfait + f for f in IMPARFAIT]),
                **_au_futur(prefixe + modele.futur),
                Forme("gerondif", 0): prefixe + modele.gerondif,
                **_temps("subjonctif", [prefixe + f for f in modele.subjonctif.split()]),
            }
    return {}


def _regulieres(infinitif: str) -> dict[Forme, str]:
    if infinitif.endswith("er"):
        return _premier_groupe(infinitif)
    if infinitif.endswith("ir"):
        return _autre_groupe(
            infinitif[:-1], ("s", "s", "t", "ssons", "ssez", "ssent"), "ss", infinitif, ""
        )
    if infinitif.endswith("dre"):
        return _autre_groupe(
            infinitif[:-2], ("s", "s", "", "ons", "ez", "ent"), "", infinitif[:-1], "u"
        )
    return {}


def _premier_groupe(infinitif: str) -> dict[Forme, str]:
    base = infinitif[:-2]
    # « nous mangeons », « nous commençons » ; « je complète », « nous complétons »
    doux = base
    if base.endswith("g"):
        doux = f"{base}e"
    elif base.endswith("c"):
        doux = f"{base[:-1]}ç"
    ouvert = f"{base[:-2]}è{base[-1]}" if len(base) > 2 and base[-2] == "é" else base
    present = [ouvert + "e", ouvert + "es", ouvert + "e", doux + "ons", base + "ez", ouvert + "ent"]
    imparfait = [(base if f.startswith("i") else doux) + f for f in IMPARFAIT]
    participe = [base + f for f in ("é", "ée", "és", "ées")]
    passe = ("ai", "as", "a", "âmes", "âtes", "èrent")
    return {
        **_temps("present", present),
        **_temps("participe", participe),
        **_temps("imparfait", imparfait),
        **_au_futur(infinitif),
        Forme("gerondif", 0): f"{doux}ant",
        **_temps("passe", [(base if f == "èrent" else doux) + f for f in passe]),
        **_temps("subjonctif", [*present[:3], base + "ions", base + "iez", present[5]]),
    }


def _autre_groupe(
    base: str, present: tuple[str, ...], lien: str, futur: str, participe: str
) -> dict[Forme, str]:
    """Deuxième groupe (« finir ») et verbes en -dre (« dépendre »)."""
    passe = base + participe
    subjonctif = [base + lien + f for f in ("e", "es", "e", "ions", "iez", "ent")]
    return {
        **_temps("present", [base + f for f in present]),
        **_temps("participe", [passe, f"{passe}e", f"{passe}s", f"{passe}es"]),
        **_temps("imparfait", [base + lien + f for f in IMPARFAIT]),
        **_au_futur(futur),
        Forme("gerondif", 0): f"{base}{lien}ant",
        **_temps("subjonctif", subjonctif),
    }


def _au_futur(base: str) -> dict[Forme, str]:
    return {
        **_temps("futur", [base + f for f in FUTUR]),
        **_temps("conditionnel", [base + f for f in IMPARFAIT]),
    }


def _temps(temps: str, mots: list[str]) -> dict[Forme, str]:
    return {Forme(temps, rang): mot for rang, mot in enumerate(mots)}
