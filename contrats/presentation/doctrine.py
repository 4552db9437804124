"""Une doctrine en mots et en barre : ce qu’elle vise, où elle en est, ce qui manque."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from acteurs.models import Epci
from acteurs.ressort import ressort_de
from cls_platform.socle import typographie as t
from contrats.couverture_gardee import garder
from contrats.couverture_place import Place
from contrats.doctrine import Progression, progression
from contrats.models import Doctrine
from contrats.presentation.tendance import Cible, Tendance, tendance

LARGEUR, HAUTEUR = 320, 36
HAUT_DE_LA_BARRE = 20
LARGEUR_DU_MOT = 72


@dataclass(frozen=True, slots=True)
class CarteDeDoctrine:
    """Ce que montre l’encadré de la page d’une région."""

    progression: Progression
    vise: str
    barre: SafeString
    echeance: str
    manque: str
    avec_projets: str

    @property
    def est_complete(self) -> bool:
        return self.progression.doctrine.est_complete


def carte_de_la_region(region: str, le: date) -> CarteDeDoctrine | None:
    """L’encadré de la doctrine en vigueur ce jour-là ; None si la région n’en a pas."""
    doctrine = Doctrine.objects.en_vigueur(region, le)
    return carte(progression_gardee(doctrine, le)) if doctrine else None


def progression_gardee(doctrine: Doctrine, le: date) -> Progression:
    """Tant que ni la doctrine, ni la couverture n’ont changé."""
    nom = f"doctrine-{doctrine.pk}-{doctrine.version}-{le}"
    return garder(nom, lambda: progression(doctrine, le))


def carte(faite: Progression) -> CarteDeDoctrine:
    return CarteDeDoctrine(
        progression=faite,
        vise=vise(faite.doctrine),
        barre=barre(faite),
        echeance=echeance(faite.doctrine.cible_date),
        manque=manque(faite),
        avec_projets=t.pourcent(faite.taux_avec_projets),
    )


def vise(doctrine: Doctrine) -> str:
    """« Toute la région », « Zonage des médecins, millésime 2022 : ZIP, ZAC », « 12 … »."""
    if doctrine.est_complete:
        return "Toute la région"
    if doctrine.type_zonage:
        millesime = f", millésime {doctrine.edition.millesime}" if doctrine.edition else ""
        classes = f"\u00a0: {', '.join(doctrine.classes)}" if doctrine.classes else ""
        return f"{doctrine.type_zonage.libelle}{millesime}{classes}"
    parts = [
        t.pluriel(len(doctrine.codes_epci), "intercommunalité") if doctrine.codes_epci else "",
        t.pluriel(len(doctrine.codes_communes), "commune") if doctrine.codes_communes else "",
    ]
    return " et ".join(part for part in parts if part)


def noms_des_epci(doctrine: Doctrine) -> list[str]:
    """Les intercommunalités d’une liste, dans l’ordre alphabétique."""
    if not doctrine.codes_epci:
        return []
    return list(
        Epci.objects.filter(pk__in=doctrine.codes_epci).tries().values_list("nom_court", flat=True)
    )


def echeance(jour: date) -> str:
    """« fin 2028 », sinon « 30 juin 2028 » : ce qui suit « la cible de »."""
    if (jour.month, jour.day) == (12, 31):
        return f"de fin {jour.year}"
    return f"du {t.date_longue(jour)}"


def manque(faite: Progression) -> str:
    """« Il manque 197 488 habitants pour la cible de fin 2028. »"""
    cible = f"la cible {echeance(faite.doctrine.cible_date)}"
    if not faite.population:
        return "Aucun habitant ne vit dans les territoires visés."
    if faite.est_atteinte:
        return f"{cible[0].upper()}{cible[1:]} est atteinte."
    return f"Il manque {t.pluriel(faite.manquants, 'habitant')} pour {cible}."


def _cible_ecrite(faite: Progression) -> str:
    """« 90 % », « 92,5 % »."""
    est_ronde = (faite.cible * 100) % 1 == 0
    return t.pourcent(faite.cible, 0 if est_ronde else 1)


def barre(faite: Progression) -> SafeString:
    """La part signée, celle des projets en hachures, et le repère de la cible."""
    signe, projets = faite.taux, faite.taux_avec_projets
    cible = float(faite.cible)
    mot = f"cible {_cible_ecrite(faite)}"
    dit = f"Signé {t.pourcent(signe)}, en projet {t.pourcent(projets - signe)} de plus, {mot}"
    x = cible * LARGEUR
    ancre, ou = ("end", min(x, LARGEUR)) if x > LARGEUR - LARGEUR_DU_MOT / 2 else ("middle", x)
    if x < LARGEUR_DU_MOT / 2:
        ancre, ou = "start", x
    return SafeString(
        f'<svg class="cible-barre" viewBox="0 0 {LARGEUR} {HAUTEUR}" role="img" '
        f'aria-label="{escape(dit)}">'
        f'<defs><pattern id="cible-projet" width="5" height="5" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect class="c-projet-fond" width="5" height="5"></rect>'
        f'<rect class="c-projet" width="2" height="5"></rect></pattern></defs>'
        f'<rect class="c-fond" y="{HAUT_DE_LA_BARRE}" width="{LARGEUR}" height="10" rx="5"></rect>'
        f'<rect class="c-signe" y="{HAUT_DE_LA_BARRE}" width="{signe * LARGEUR:.1f}" height="10" '
        f'rx="5"></rect>'
        f'<rect x="{signe * LARGEUR:.1f}" y="{HAUT_DE_LA_BARRE}" '
        f'width="{(projets - signe) * LARGEUR:.1f}" height="10" fill="url(#cible-projet)"></rect>'
        f'<rect class="c-cible" x="{min(x, LARGEUR - 2):.1f}" y="{HAUT_DE_LA_BARRE - 4}" width="2" '
        f'height="18"></rect>'
        f'<text class="c-mot" x="{ou:.1f}" y="12" text-anchor="{ancre}">{escape(mot)}</text></svg>'
    )


def courbe(faite: Progression) -> Tendance:
    """La part couverte des communes visées ce jour-là, depuis le premier contrat, et sa cible."""
    doctrine = faite.doctrine
    nom = doctrine.region.nom if doctrine.est_complete else "Territoires visés"
    visee = Cible(
        float(doctrine.cible_taux),
        doctrine.cible_date,
        f"cible {doctrine.cible_date.year}\u00a0: {_cible_ecrite(faite)}",
    )
    vises = Place("region", doctrine.region_id, nom)
    return tendance(vises, faite.changements, faite.le, cible=visee)


def peut_ecrire(utilisateur: Any, region: str) -> bool:
    return ressort_de(utilisateur).a_toute_la_region(region)
