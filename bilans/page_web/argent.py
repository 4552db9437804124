"""Qui finance quoi : les rubans en deux largeurs, le tableau qui dit chaque somme."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

from bilans.instantane import Argent, Instantane
from bilans.page_web.photos import Adresser
from bilans.page_web.textes import Lettre, lettre
from cls_platform.socle.svg import flux
from cls_platform.socle.typographie import euros, nombre, pluriel, typographier
from indicateurs import graphiques


@dataclass(frozen=True, slots=True)
class Rang:
    nom: str
    cases: tuple[str, ...]
    ensemble: str


@dataclass(frozen=True, slots=True)
class ArgentWeb:
    """`colonnes` : les volets ; `rangs` : les financeurs ; `precisions` : (quoi, combien)."""

    lettre: Lettre | None
    phrase: str
    dessin_large: SafeString
    dessin_etroit: SafeString
    colonnes: tuple[str, ...]
    rangs: tuple[Rang, ...]
    total: Rang | None
    precisions: tuple[tuple[str, str], ...]
    source: str


def lire(page: Instantane, adresser: Adresser) -> ArgentWeb | None:
    ecrit = lettre(page.textes.budget, adresser)
    argent = page.argent
    if argent is None:
        vide = SafeString("")
        return ArgentWeb(ecrit, "", vide, vide, (), (), None, (), "") if ecrit else None
    return ArgentWeb(
        lettre=ecrit,
        phrase=_phrase(argent),
        dessin_large=_rubans(argent, graphiques.LARGE),
        dessin_etroit=_rubans(argent, graphiques.ETROIT),
        colonnes=tuple(typographier(u.nom) for u in argent.usages),
        rangs=_rangs(argent),
        total=_total(argent),
        precisions=_precisions(argent),
        source=typographier(argent.source),
    )


def _phrase(argent: Argent) -> str:
    if not argent.total:
        return typographier(f"Aucun financement n’est noté pour {argent.annee}.")
    qui = pluriel(len(argent.payeurs), "financeur")
    dits = "apportent" if len(argent.payeurs) > 1 else "apporte"
    return typographier(f"En {argent.annee}, {qui} {dits} {euros(argent.total)} aux actions.")


def _rubans(argent: Argent, largeur: int) -> SafeString:
    spec = flux.Flux(
        titre=f"Qui finance quoi en {argent.annee}",
        description=f"{_phrase(argent)} Chaque somme est dans le tableau qui suit.",
        gauche=tuple(flux.Noeud(cle=p.nom, nom=typographier(p.nom)) for p in argent.payeurs),
        droite=tuple(flux.Noeud(cle=u.nom, nom=typographier(u.nom)) for u in argent.usages),
        liens=tuple(
            flux.Lien(de=f.payeur, vers=f.usage, valeur=f.montant)
            for f in argent.flux
            if f.montant > 0
        ),
        largeur=largeur,
    )
    return mark_safe(flux.dessiner(spec))  # noqa: S308  (SVG du socle, textes échappés)


def _rangs(argent: Argent) -> tuple[Rang, ...]:
    montants = {(f.payeur, f.usage): f.montant for f in argent.flux}
    return tuple(
        Rang(
            typographier(payeur.nom),
            tuple(_case(montants.get((payeur.nom, usage.nom))) for usage in argent.usages),
            euros(payeur.montant),
        )
        for payeur in argent.payeurs
    )


def _case(montant: Decimal | None) -> str:
    return euros(montant) if montant else "–"


def _total(argent: Argent) -> Rang | None:
    if len(argent.payeurs) < 2:
        return None
    return Rang("Ensemble", tuple(euros(u.montant) for u in argent.usages), euros(argent.total))


def _precisions(argent: Argent) -> tuple[tuple[str, str], ...]:
    """Ce qui est connu en plus ; rien d’une valeur que personne n’a saisie."""
    dites = (
        ("Coût prévu des actions", argent.cout_prevu),
        ("Dépenses réalisées", argent.cout_realise),
        ("Apports en nature", argent.apports_en_nature),
    )
    lignes = [(quoi, euros(montant)) for quoi, montant in dites if montant is not None]
    if argent.etp is not None:
        lignes.append(("Temps de travail", f"{nombre(argent.etp)} équivalent temps plein"))
    return tuple((quoi, typographier(combien)) for quoi, combien in lignes)
