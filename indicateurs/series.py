"""Une suite de valeurs annuelles, et les règles qui la rendent publiable. Aucune base de données.

Secret statistique : un effectif de personnes de 1 à 4 n’est jamais donné. Un pourcentage qui porte
sur moins de 20 personnes se lit en effectifs (« 8 sur 12 »).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

SEUIL_SECRET = 5
SEUIL_POURCENTAGE = 20
SECRET = "SECRET_STATISTIQUE"  # noqa: S105  (une qualité, pas un secret)
NON_DISPONIBLE = "NON_DISPONIBLE"
PROVISOIRES = frozenset({"PROVISOIRE", "ESTIMEE"})
# Un effectif de professionnels ou d’élus n’est pas un secret : ces mots n’y sont pas.
_PERSONNES = """
personne habitant habitante participant participante patient patiente élève jeune senior enfant
adolescent étudiant étudiante agent agente bénéficiaire usager usagère famille femme homme
secouriste aidant aidante assuré lycéen collégien stagiaire locataire salarié résident résidente
parent individu accompagné
"""
PERSONNES = frozenset(_PERSONNES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Releve:
    """Valeur d’une année ; None quand elle est secrète ou indisponible (`qualite` dit laquelle).

    Pour un rapport, `valeur` est en % et les deux nombres dont il vient sont gardés.
    """

    annee: int
    valeur: Decimal | None
    qualite: str
    numerateur: Decimal | None = None
    denominateur: Decimal | None = None

    @property
    def est_provisoire(self) -> bool:
        return self.qualite in PROVISOIRES

    @property
    def est_secret(self) -> bool:
        return self.qualite == SECRET

    @property
    def est_petit_rapport(self) -> bool:
        """Vrai quand un pourcentage tromperait : on donne alors les effectifs."""
        return self.denominateur is not None and 0 < self.denominateur < SEUIL_POURCENTAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Repere:
    annee: int
    valeur: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Serie:
    """`sens` : HAUSSE, BAISSE ou NEUTRE, ce qui est favorable. `releves` : par année croissante."""

    libelle: str
    unite: str
    decimales: int
    sens: str
    agregation: str
    source: str
    numerateur: str
    denominateur: str
    releves: tuple[Releve, ...]
    reference: Repere | None
    cible: Repere | None

    def en(self, annee: int) -> Releve | None:
        return next((r for r in self.releves if r.annee == annee), None)

    def avant(self, annee: int) -> Releve | None:
        """Le dernier relevé connu d’une année antérieure."""
        connus = [r for r in self.releves if r.annee < annee and r.valeur is not None]
        return max(connus, key=lambda r: r.annee, default=None)

    def jusqu_a(self, annee: int) -> "Serie":
        """La série telle qu’on la lisait à la fin de cette année."""
        return replace(self, releves=tuple(r for r in self.releves if r.annee <= annee))


def par_annee(
    agregation: str, releves: Iterable[Releve], *, facteur: int = 100
) -> tuple[Releve, ...]:
    """Un relevé par année à partir de relevés de périodes, donnés dans l’ordre du temps.

    SOMME additionne, MOYENNE fait la moyenne (pondérée par les dénominateurs s’ils sont tous
    connus), RATIO recalcule sur la somme des numérateurs et des dénominateurs, multiplie par
    `facteur` et, sans eux, ne dit rien ; les autres gardent la dernière valeur. Une période secrète
    ou indisponible rend l’année entière telle, sauf pour la dernière valeur.
    """
    tries = sorted(releves, key=lambda r: r.annee)
    return tuple(
        reunir(agregation, list(groupe), facteur=facteur)
        for _, groupe in groupby(tries, key=lambda r: r.annee)
    )


def reunir(agregation: str, parts: list[Releve], *, facteur: int = 100) -> Releve:
    """Le relevé d’un tout dont voici les parts, disjointes et dans l’ordre du temps."""
    dernier = parts[-1]
    if len(parts) == 1:
        return dernier
    if agregation not in {"SOMME", "MOYENNE", "RATIO"}:
        connus = [p for p in parts if p.valeur is not None]
        return connus[-1] if connus else dernier
    vides = [p.qualite for p in parts if p.valeur is None]
    if vides:
        qualite = SECRET if SECRET in vides else NON_DISPONIBLE
        return Releve(annee=dernier.annee, valeur=None, qualite=qualite)
    qualite = next((p.qualite for p in parts if p.est_provisoire), dernier.qualite)
    return _calcul(agregation, parts, qualite, facteur)


def _calcul(agregation: str, parts: list[Releve], qualite: str, facteur: int) -> Releve:
    annee = parts[-1].annee
    haut, bas = _somme(p.numerateur for p in parts), _somme(p.denominateur for p in parts)
    if agregation == "RATIO":
        if haut is None or not bas:
            return Releve(annee=annee, valeur=None, qualite=NON_DISPONIBLE)
        valeur = au_dix_millieme(haut / bas * facteur)
        return Releve(
            annee=annee, valeur=valeur, qualite=qualite, numerateur=haut, denominateur=bas
        )
    if agregation == "SOMME":
        total = _somme(p.valeur for p in parts)
        return Releve(annee=annee, valeur=total, qualite=qualite, numerateur=haut, denominateur=bas)
    return Releve(annee=annee, valeur=_moyenne(parts), qualite=qualite, denominateur=bas)


def _moyenne(parts: list[Releve]) -> Decimal:
    poids = [p.denominateur or Decimal(0) for p in parts]
    if not all(poids):
        poids = [Decimal(1)] * len(parts)
    total = sum(((p.valeur or 0) * n for p, n in zip(parts, poids, strict=True)), Decimal(0))
    return au_dix_millieme(total / sum(poids, Decimal(0)))


def au_dix_millieme(valeur: Decimal) -> Decimal:
    """La précision que garde la base."""
    return valeur.quantize(Decimal("0.0001"))


def _somme(valeurs: Iterable[Decimal | None]) -> Decimal | None:
    """None dès qu’une valeur manque."""
    liste = list(valeurs)
    return None if None in liste else sum((v for v in liste if v is not None), Decimal(0))


def compte_des_personnes(unite: str, libelle: str) -> bool:
    """Vrai si la valeur est un effectif de personnes, d’après l’unité, sinon le libellé."""
    premier = _singulier(unite.split(" ", maxsplit=1)[0]) if unite else ""
    if premier in PERSONNES:
        return True
    sans_unite = premier in {"", "nombre"}
    debut = libelle.lower().removeprefix("nombre de ").removeprefix("nombre d’")
    return sans_unite and _singulier(debut.split(" ", maxsplit=1)[0]) in PERSONNES


def _singulier(mot: str) -> str:
    return mot.lower().removesuffix("s")


def publiable(
    serie: Serie, seuil: int = SEUIL_SECRET, *, tues: Collection[int] = frozenset()
) -> Serie:
    """La série sans les effectifs couverts par le secret statistique.

    `tues` : les années qui en feraient retrouver un, même si elles sont grandes.
    """
    effectif = serie.agregation != "RATIO" and compte_des_personnes(serie.unite, serie.libelle)
    releves = tuple(
        _taire(r) if r.annee in tues else _masquer(r, seuil, effectif=effectif)
        for r in serie.releves
    )
    return replace(serie, releves=releves)


def _masquer(releve: Releve, seuil: int, *, effectif: bool) -> Releve:
    """Un rapport se masque aussi quand il laisse deviner un petit groupe ou son complément."""
    petit = effectif and _sous_seuil(releve.valeur, seuil)
    if releve.numerateur is not None and releve.denominateur is not None:
        complement = releve.denominateur - releve.numerateur
        petit = petit or _sous_seuil(releve.numerateur, seuil)
        petit = petit or (releve.est_petit_rapport and _sous_seuil(complement, seuil))
    return _taire(releve) if petit else releve


def _taire(releve: Releve) -> Releve:
    if releve.valeur is None:
        return releve
    return replace(releve, valeur=None, numerateur=None, qualite=SECRET)


def _sous_seuil(valeur: Decimal | None, seuil: int) -> bool:
    return valeur is not None and 0 < valeur < seuil
