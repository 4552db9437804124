"""Le territoire d’une page : la France, une région, un département, une intercommunalité."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from acteurs.models import Commune, Departement, Epci, NiveauTerritoire, Region
from acteurs.resolution import resoudre
from acteurs.ressort import ressort_de
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.couverture import Niveau
from contrats.noms_de_lieux import complement

ADRESSES = {
    Niveau.REGION: "contrats:couverture_region",
    Niveau.DEPARTEMENT: "contrats:couverture_departement",
    Niveau.EPCI: "contrats:couverture_epci",
}
MODELES: dict[str, Any] = {
    Niveau.REGION: Region,
    Niveau.DEPARTEMENT: Departement,
    Niveau.EPCI: Epci,
}
EXEMPLES = {
    Niveau.REGION: "53 pour la Bretagne",
    Niveau.DEPARTEMENT: "29 pour le Finistère",
    Niveau.EPCI: "200068120, le SIREN d’une intercommunalité",
}


@dataclass(frozen=True, slots=True)
class Place:
    """`region` : la région d’un département, ou de la plupart des habitants d’un EPCI.

    `clos` : ce qu’il faut dire d’un territoire qui n’existe plus.
    """

    niveau: str = Niveau.FRANCE.value
    code: str = "FR"
    nom: str = "France"
    region: str = ""
    region_nom: str = ""
    departement: str = ""
    departement_nom: str = ""
    clos: str = ""

    @property
    def est_la_france(self) -> bool:
        return self.niveau == Niveau.FRANCE

    @property
    def lieu(self) -> dict[str, Any]:
        """Ce que prennent `couverture` et `couverture_detail` pour ne compter que lui."""
        return {} if self.est_la_france else {self.niveau: self.code}

    @property
    def territoire(self) -> dict[str, str]:
        """Ce qui désigne le territoire dans l’adresse d’une liste."""
        if self.est_la_france:
            return {}
        return {"niveau": self.niveau, "territoire": self.code}

    @property
    def du_nom(self) -> str:
        """« de la Bretagne », « du Finistère », « de cette intercommunalité »."""
        if self.niveau == Niveau.EPCI:
            return "de cette intercommunalité"
        return complement(self.niveau, self.code, self.nom)

    @property
    def titre(self) -> str:
        """« Couverture de la Bretagne » ; le nom seul d’une intercommunalité, souvent long."""
        return self.nom if self.niveau == Niveau.EPCI else f"Couverture {self.du_nom}"

    @property
    def adresse(self) -> str:
        if self.est_la_france:
            return reverse("contrats:couverture")
        return reverse(ADRESSES[Niveau(self.niveau)], args=[self.code])

    def adresse_de(self, nom: str, *arguments: str, **parametres: str) -> str:
        """Une autre page sur le même territoire."""
        return avec(reverse(nom, args=arguments), {**self.territoire, **parametres})


FRANCE = Place()


def avec(adresse: str, parametres: dict[str, str]) -> str:
    gardes = {nom: valeur for nom, valeur in parametres.items() if valeur}
    return f"{adresse}?{urlencode(gardes)}" if gardes else adresse


def place(niveau: str, code: str) -> Place:
    """Lève DonneesRefusees si aucun territoire d’aujourd’hui ou d’hier ne porte ce code."""
    if Niveau(niveau) == Niveau.FRANCE:
        return FRANCE
    territoire = _territoire(niveau, code)
    if niveau == Niveau.REGION:
        return Place(niveau, code, territoire.nom, code, territoire.nom)
    if niveau == Niveau.DEPARTEMENT:
        region = territoire.region
        return Place(niveau, code, territoire.nom, region.pk, region.nom, code, territoire.nom)
    return _intercommunalite(territoire)


def _territoire(niveau: str, code: str) -> Any:
    modele = MODELES[Niveau(niveau)]
    liees = ["region"] if niveau == Niveau.DEPARTEMENT else []
    trouve = modele.objects.select_related(*liees).filter(pk=code[:9]).first()
    if trouve is None:
        message = (
            f"Aucun territoire ne porte le code « {code[:20]} ». Écrivez-le comme "
            f"{EXEMPLES[Niveau(niveau)]}."
        )
        raise DonneesRefusees(message, champs={"territoire": [message]})
    return trouve


def _intercommunalite(epci: Epci) -> Place:
    """Rattachée à la région et au département où vivent le plus de ses habitants."""
    siege = Commune.objects.principales_de(epci).first()
    niveau = Niveau.EPCI.value
    if siege is None:
        return Place(niveau, epci.pk, epci.nom, clos=phrase_de_territoire_clos(epci))
    return Place(
        niveau,
        epci.pk,
        epci.nom,
        siege["region"],
        siege["region__nom"],
        siege["departement"],
        siege["departement__nom"],
    )


def place_par_defaut(utilisateur: Any) -> Place:
    """Où mène « Couverture » : le département d’une délégation, la région d’un siège, la France.

    Sans son nom : seule son adresse sert.
    """
    ressort = ressort_de(utilisateur)
    if len(ressort.departements) == 1 and not ressort.regions_entieres:
        return Place(Niveau.DEPARTEMENT.value, next(iter(ressort.departements)))
    if len(ressort.regions) == 1:
        return Place(Niveau.REGION.value, next(iter(ressort.regions)))
    return FRANCE


def phrase_de_commune_close(commune: Commune) -> str:
    """« Quemperven a été réunie à La Roche-Jaudy le 1ᵉʳ janvier 2025. »"""
    if commune.date_fin is None:
        return ""
    jour = typographie.date_longue(commune.date_fin)
    if commune.successeur is None:
        return f"{commune.nom} n’existe plus depuis le {jour}."
    return f"{commune.nom} a été réunie à {commune.successeur.nom} le {jour}."


def phrase_de_territoire_clos(territoire: Any) -> str:
    """Une région, un département, une intercommunalité : ses communes sont rattachées ailleurs."""
    if territoire.date_fin is None:
        return ""
    jour = typographie.date_longue(territoire.date_fin)
    return f"{territoire.nom} n’existe plus depuis le {jour} : ses communes sont comptées ailleurs."


def refus_de_la_commune(code: str, le: date) -> str:
    """Pourquoi l’on ne peut pas compter cette commune ce jour-là, et quoi demander ; ou rien."""
    commune = Commune.objects.select_related("successeur").filter(pk=code).first()
    if commune is not None and (commune.date_fin is None or le < commune.date_fin):
        return ""
    trouve = resoudre(NiveauTerritoire.COMMUNE, [code])[code]
    if commune is None:
        return f"{trouve.succession} Demandez {trouve.code}." if trouve.ancien else trouve.refus
    suite = f"Demandez {trouve.code}, ou une date d’avant." if trouve.ancien else ""
    return f"{phrase_de_commune_close(commune)} {suite or 'Demandez une date d’avant.'}"
