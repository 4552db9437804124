"""Le langage clair, refait sans soin de la vitesse : lettre à lettre, terme par terme.

Écrit d’après les règles et non d’après le produit, dont il ne reprend que les données et la
grammaire (conjugaisons, accords, formes développées d’un sigle). Il dit ce que la lecture rapide
doit trouver.
"""

from typing import NamedTuple

from bilans.langage.decoupe import ABREVIATIONS
from bilans.langage.lexique import Lexique

VOYELLES = "aeiouyàâäáéèêëîïíôöóùûüúÿœæ"
DOMAINES = (".fr", ".org", ".com", ".net", ".eu", ".info", ".bzh", ".re", ".gp", ".mq")
ESPACES_FINES = "\u00a0\u202f "


class Mot(NamedTuple):
    debut: int
    fin: int
    ecrit: str

    @property
    def forme(self) -> str:
        return self.ecrit.lower()


def suites(texte: str, garde) -> list[tuple[int, int]]:
    """Les plus longues suites de signes que `garde` accepte."""
    trouvees, debut = [], None
    for place, signe in enumerate([*texte, None]):
        if signe is not None and garde(signe):
            debut = place if debut is None else debut
        elif debut is not None:
            trouvees.append((debut, place))
            debut = None
    return trouvees


def masque(texte: str) -> str:
    signes = list(texte)
    for debut, fin in suites(texte, lambda signe: not signe.isspace()):
        de, a = adresse(texte[debut:fin])
        signes[debut + de : debut + a] = " " * (a - de)
    lignes = "".join(signes).split("\n")
    return "".join(" " if s in "*`_[]" else s for s in "\n".join(map(sans_puce, lignes)))


def adresse(suite: str) -> tuple[int, int]:
    """Ce qui, dans cette suite, est une adresse ; rien : (0, 0)."""
    if "@" in suite:
        return 0, len(suite)
    for place in range(len(suite)):
        if suite[place:].lower().startswith(("http://", "https://", "mailto:", "www.")):
            fin = len(suite)
            if suite[:place].endswith("(") and ")" in suite[place:]:
                fin = suite.index(")", place)
            return place, place + len(suite[place:fin].rstrip(".,;:!?»"))
    nu = suite.rstrip(".,;:!?)»")
    return (0, len(nu)) if nu.lower().endswith(DOMAINES) and len(nu) > 5 else (0, 0)


def sans_puce(ligne: str) -> str:
    retrait = len(ligne) - len(ligne.lstrip(" \t"))
    for longueur in range(1, 8):
        tete = ligne[retrait : retrait + longueur]
        numero = tete[-2:] in {". ", ") "} and tete[:-2].isdecimal() and len(tete) <= 4
        titre = tete[-1:] == " " and tete[:-1] != "" and set(tete[:-1]) == {"#"}
        if tete in {"- ", "– ", "• ", "+ "} or numero or titre:
            return " " * (retrait + longueur) + ligne[retrait + longueur :]
    return ligne


def jetons(texte: str) -> list[Mot]:
    return [Mot(d, f, texte[d:f]) for d, f in suites(texte, str.isalnum)]


def mots(texte: str) -> list[str]:
    """« L’eau », « 12,5 », « 1 200 » et « porte-à-porte » font un mot chacun."""
    lus, place = [], 0
    while place < len(texte):
        if not texte[place].isalnum():
            place += 1
            continue
        fin = _fin_du_mot(texte, place)
        lus.append(texte[place:fin])
        place = fin
    return lus


def _fin_du_mot(texte: str, place: int) -> int:
    fin = _fin_du_nombre(texte, place) if texte[place].isdecimal() else place
    fin = _tant_que(texte, fin, str.isalnum)
    while texte[fin : fin + 1] in {"'", "’", "\u2011", "-"} and texte[fin + 1 : fin + 2].isalnum():
        fin = _tant_que(texte, fin + 1, str.isalnum)
    return fin


def _fin_du_nombre(texte: str, place: int) -> int:
    fin = _tant_que(texte, place, str.isdecimal)
    while True:
        suite = texte[fin + 1 : fin + 5]
        if texte[fin : fin + 1] in {".", ","} and suite[:1].isdecimal():
            fin = _tant_que(texte, fin + 1, str.isdecimal)
        elif (
            texte[fin : fin + 1] in set(ESPACES_FINES)
            and len(suite) >= 3
            and suite[:3].isdecimal()
            and not suite[3:].isdecimal()
        ):
            fin += 4
        else:
            return fin


def _tant_que(texte: str, place: int, garde) -> int:
    while place < len(texte) and garde(texte[place]):
        place += 1
    return place


def syllabes(mot: str) -> int:
    return max(len(suites(mot, lambda lettre: lettre.lower()[0] in VOYELLES)), 1)


def phrases(texte: str) -> list[tuple[int, int]]:
    """Celles qui ont un mot, sans les espaces du bord."""
    bornes, place = [0], 0
    coupees = []
    while place < len(texte):
        if texte[place] == "\n":
            coupees.append((bornes[-1], place))
            bornes.append(place + 1)
        elif texte[place] in ".!?…":
            fin = _fin_de_la_ponctuation(texte, place)
            if _finit(texte, place, fin):
                coupees.append((bornes[-1], fin))
                bornes.append(fin)
            place = fin - 1
        place += 1
    serrees = [_serrer(texte, *coupe) for coupe in (*coupees, (bornes[-1], len(texte)))]
    return [(d, f) for d, f in serrees if any(map(str.isalnum, texte[d:f]))]


def _fin_de_la_ponctuation(texte: str, place: int) -> int:
    fin = _tant_que(texte, place, lambda signe: signe in ".!?…")
    while True:
        if texte[fin : fin + 1] in set('»”")]'):
            fin += 1
        elif texte[fin : fin + 1] in set(ESPACES_FINES) and texte[fin + 1 : fin + 2] in set(
            '»”")]'
        ):
            fin += 2
        else:
            return fin


def _finit(texte: str, debut: int, fin: int) -> bool:
    if fin < len(texte) and not texte[fin].isspace():
        return False
    apres = texte[fin : fin + 3].strip()[:1]
    if texte[debut:fin] != ".":
        return not apres.islower()
    avant = [mot for mot in jetons(texte[:debut]) if mot.fin == debut]
    if not avant or len(avant[0].ecrit) > 5:
        return True
    mot = avant[0].ecrit
    if len(mot) == 1 and mot.isupper():
        return not apres
    if mot.lower() in ABREVIATIONS:
        return mot.lower() == "etc" and not apres.islower()
    return True


def _serrer(texte: str, debut: int, fin: int) -> tuple[int, int]:
    nu = texte[debut:fin].lstrip()
    debut = fin - len(nu)
    return debut, debut + len(nu.rstrip())


def lignes_criees(texte: str, petits_mots: frozenset[str]) -> list[tuple[int, int]]:
    criees = []
    for debut, fin in phrases(texte) if petits_mots else ():
        lus = jetons(texte[debut:fin])
        petits = any(mot.forme in petits_mots for mot in lus)
        if texte[debut:fin].isupper() and len(lus) >= 3 and petits:
            criees.append((debut, fin))
    return criees


def sigles(texte: str, lexique: Lexique) -> list[tuple[str, int, int]]:
    """(sigle, début, fin) de chaque sigle, où il paraît."""
    nu = masque(texte)
    trouves = _pointes(nu)
    for mot in jetons(nu):
        sigle = _nu(mot.ecrit, lexique)
        crie = sigle not in lexique.sens and (
            (len(sigle) > 9 and sigle.isalpha())
            or any(d <= mot.debut < f for d, f in lignes_criees(nu, lexique.cries))
        )
        if sigle and not crie:
            trouves.append((sigle, mot.debut, mot.fin))
    gardes = [trouve for trouve in trouves if trouve[0] not in lexique.admis]
    return sorted(gardes, key=lambda trouve: trouve[1])


def _nu(mot: str, lexique: Lexique) -> str:
    if mot in lexique.sens:
        return mot
    nu = mot.removesuffix("s")
    lettres = sum(map(str.isalpha, nu))
    capitales = len(nu) > 1 and nu.isupper() and nu[0].isalpha()
    return nu if capitales and (lettres > 1 or len(nu) > 40) else ""


def _pointes(texte: str) -> list[tuple[str, int, int]]:
    """« C.L.S. » : de trois à douze lettres, chacune et son point."""
    trouves, place = [], 0
    while place < len(texte):
        fin = place
        while fin + 1 < len(texte) and "A" <= texte[fin] <= "Z" and texte[fin + 1] == ".":
            fin += 2
        fin = min(fin, place + 24)
        avant = texte[place - 1 : place]
        if fin - place >= 6 and not (avant.isalnum() or avant in {"_", "."}):
            trouves.append((texte[place:fin].replace(".", ""), place, fin))
            place = fin
        else:
            place += 1
    return trouves
