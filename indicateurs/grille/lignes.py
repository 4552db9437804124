"""Les lignes de la grille, déjà écrites, et ce qu’elles donnent à vérifier."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from cls_platform.socle.svg import etincelle
from cls_platform.socle.typographie import pluriel
from contrats.models import Contrat
from indicateurs.avertissements import Regle, avertir, ecart_des_parts, regle_de
from indicateurs.grille.cellules import (
    Colonne,
    Refus,
    adresse_de_la_valeur,
    case_de_saisie,
    case_lue,
    rangee,
    rangee_de_part,
)
from indicateurs.grille.cles import Cle
from indicateurs.grille.lecture import Contenu
from indicateurs.presentation import DU_CONTRAT, Cadre


@dataclass(frozen=True, slots=True)
class AVerifier:
    """Une valeur prise, mais qui étonne : `cle` mène à sa case."""

    cle: Cle
    libelle: str
    phrase: str


@dataclass(slots=True)
class GroupeGrille:
    """`rang` : celui de l’axe ; `rangees` : celle de chaque indicateur, puis de ses parts."""

    titre: str
    rang: tuple[bool, int, str]
    rangees: list[str] = field(default_factory=list)

    @property
    def html(self) -> SafeString:
        return mark_safe("".join(self.rangees))  # noqa: S308  (échappées une à une)


@dataclass(slots=True)
class Grille:
    """Une grille prête à poser : ses colonnes, ses groupes, ce qu’il y a à vérifier."""

    colonnes: tuple[Colonne, ...]
    groupes: list[GroupeGrille] = field(default_factory=list)
    a_verifier: list[AVerifier] = field(default_factory=list)

    @property
    def lignes(self) -> SafeString:
        """Toutes ses rangées ; vide sans indicateur."""
        return mark_safe("".join(groupe.html for groupe in self.groupes))  # noqa: S308  (échappées)

    @property
    def nombre_de_colonnes(self) -> int:
        return len(self.colonnes) + 3


def colonnes_de(contenu: Contenu, cette_annee: int) -> tuple[Colonne, ...]:
    """En étroit restent l’année courante et celle d’avant (d’après, pour la première)."""
    annees, courante = contenu.fenetre.annees, contenu.fenetre.courante
    gardee = courante - 1 if courante - 1 in annees else courante + 1
    references = {i.annee_reference for i in contenu.indicateurs if i.annee_reference}
    seule = references.pop() if len(references) == 1 else None
    return tuple(
        Colonne(
            annee,
            est_courante=annee == courante,
            est_ancienne=annee not in {courante, gardee},
            note="en cours" if annee == cette_annee else "référence" if annee == seule else "",
        )
        for annee in annees
    )


def grille_de(
    contrat: Contrat,
    contenu: Contenu,
    saisissables: set[UUID],
    cette_annee: int,
    *,
    refus: Mapping[Cle, Refus] | None = None,
    cadre: Cadre = DU_CONTRAT,
) -> Grille:
    """Un groupe par axe, dans l’ordre ; les indicateurs sans axe à la fin."""
    grille = Grille(colonnes_de(contenu, cette_annee))
    groupes: dict[Any, GroupeGrille] = {}
    delier = cadre.delier
    for indicateur in contenu.indicateurs:
        ecrivain = Ecrivain(
            contenu, grille, indicateur, regle_de(indicateur, contrat), refus or {},
            peut_saisir=indicateur.pk in saisissables and indicateur.est_saisi,
        )  # fmt: skip
        groupe = groupes.get(indicateur.axe_id)
        if groupe is None:
            groupe = groupes[indicateur.axe_id] = _groupe_de(indicateur.axe)
        groupe.rangees.append(ecrivain.ligne(delier))
        groupe.rangees.extend(ecrivain.parts())
    grille.groupes = sorted(groupes.values(), key=lambda groupe: groupe.rang)
    return grille


def _groupe_de(axe: Any) -> GroupeGrille:
    titre = str(axe) if axe else "Ensemble du contrat"
    return GroupeGrille(titre, (axe is None, axe.ordre if axe else 0, titre))


class Ecrivain:
    """Une ligne et ses parts ; note au passage ce qui est à vérifier."""

    def __init__(
        self,
        contenu: Contenu,
        grille: Grille,
        indicateur: Any,
        regle: Regle,
        refus: Mapping[Cle, Refus],
        *,
        peut_saisir: bool,
    ) -> None:
        self.grille, self.indicateur, self.regle, self.refus = grille, indicateur, regle, refus
        self.peut_saisir, self.morceaux = peut_saisir, contenu.morceaux
        self.pk, self.hexa = indicateur.pk, indicateur.pk.hex
        self.entieres = contenu.entieres.get(self.pk, {})
        self.lues = contenu.lues.get(self.pk, {})
        self.parts_lues = contenu.parts.get(self.pk, {})
        self.precedentes = _precedentes(self.entieres) if peut_saisir else {}

    def ligne(self, delier: str) -> str:
        cases = "".join([self._case(colonne) for colonne in self.grille.colonnes])
        return rangee(self.indicateur, cases, _etincelle(self._suite()), delier)

    def _suite(self) -> tuple[float | None, ...]:
        annees = [colonne.annee for colonne in self.grille.colonnes]
        valeurs = [self.entieres.get(a) or self.lues.get(a) for a in annees]
        return tuple([float(v.valeur) if v and v.valeur is not None else None for v in valeurs])

    def _case(self, colonne: Colonne) -> str:
        annee = colonne.annee
        cle = f"{self.hexa}.{annee}"
        objet = self.entieres.get(annee)
        morceaux = self.morceaux.get((self.pk, annee), 0) if self.morceaux else 0
        if morceaux or not self.indicateur.est_saisi:
            return self._case_reunie(cle, colonne, morceaux)
        if not self.peut_saisir:
            return case_lue(cle, objet, self.indicateur.decimales, colonne)
        return case_de_saisie(
            cle, objet, self.indicateur, colonne,
            refus=self.refus.get(Cle(self.pk, annee)) if self.refus else None,
            est_a_verifier=bool(objet) and self._verifier(annee, objet), nom=f"l-{self.hexa}",
        )  # fmt: skip

    def _case_reunie(self, cle: str, colonne: Colonne, morceaux: int) -> str:
        releve = self.lues.get(colonne.annee)
        return case_lue(
            cle,
            releve,
            self.indicateur.decimales,
            colonne,
            lien=adresse_de_la_valeur(self.pk, colonne.annee) if morceaux else "",
            aide=pluriel(morceaux, "saisie") if morceaux else "",
        )

    def _verifier(self, annee: int, objet: Any) -> bool:
        """Faux si tout va ; sinon, la phrase est notée pour la tête de la page."""
        reference = self.indicateur.annee_reference or 0
        phrases = avertir(self.regle, objet, annee, self.precedentes.get(annee), reference)
        if self.parts_lues and (ecart := self._ecart_des_parts(annee, objet)):
            phrases.append(ecart)
        if phrases:
            libelle = f"{self.indicateur.libelle}, {annee}"
            dit = AVerifier(Cle(self.pk, annee), libelle, " ".join(phrases))
            self.grille.a_verifier.append(dit)
        return bool(phrases)

    def _ecart_des_parts(self, annee: int, objet: Any) -> str:
        """Par dimension : des femmes et des hommes ; d’un rapport, ce sont les numérateurs."""
        champ = "numerateur" if self.indicateur.est_ratio else "valeur"
        par_dimension: dict[str, list[Any]] = {}
        for annees in self.parts_lues.values():
            if part := annees.get(annee):
                par_dimension.setdefault(part.dimension, []).append(getattr(part, champ))
        total = getattr(objet, champ)
        ecarts = (ecart_des_parts(total, suite) for suite in par_dimension.values())
        return next((ecart for ecart in ecarts if ecart), "")

    def parts(self) -> Iterator[str]:
        for (code, libelle), annees in self.parts_lues.items():
            nom = f"p-{self.hexa}-{code}"
            cases = [self._case_de_part(code, annees, c, nom) for c in self.grille.colonnes]
            yield rangee_de_part(nom, libelle, self.indicateur.unite, cases)

    def _case_de_part(
        self, code: str, annees: Mapping[int, Any], colonne: Colonne, nom: str
    ) -> str:
        cle = Cle(self.pk, colonne.annee, code)
        objet = annees.get(colonne.annee)
        if not self.peut_saisir or (self.pk, colonne.annee) in self.morceaux:
            return case_lue(str(cle), objet, self.indicateur.decimales, colonne)
        return case_de_saisie(
            str(cle), objet, self.indicateur, colonne, refus=self.refus.get(cle),
            nom=f"l-{self.hexa} {nom}",
        )  # fmt: skip


@lru_cache(maxsize=4096)
def _etincelle(suite: tuple[float | None, ...]) -> str:
    """Une série se relit bien plus souvent qu’elle ne change."""
    return etincelle.dessiner(suite)


def _precedentes(entieres: Mapping[int, Any]) -> dict[int, Decimal | None]:
    """Pour chaque année, la dernière valeur connue avant elle."""
    precedentes: dict[int, Decimal | None] = {}
    derniere = None
    for annee in sorted(entieres):
        precedentes[annee] = derniere
        if entieres[annee].valeur is not None:
            derniere = entieres[annee].valeur
    return precedentes
