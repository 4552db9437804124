"""Demander un bilan comme une coordinatrice, et suivre son travail dans la base."""

from dataclasses import dataclass
from pathlib import Path

from tests.appuis.plateforme import Plateforme
from tests.pannes.conftest import Visite

CONTRAT = "SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille'"


@dataclass
class Demande:
    """Le bilan d’une année, demandé par la page."""

    site: Plateforme
    cle: str
    reponse: str

    def travail(self) -> tuple[str, int, int]:
        """État, progression, nombre de tentatives."""
        (ligne,) = self.site.sql(
            "SELECT t.etat, t.progression, t.tentatives FROM socle_travail t"
            " JOIN bilans_bilan b ON b.travail_id = t.id WHERE b.id = %s",
            self.cle,
        )
        return ligne

    def est_fait(self) -> bool:
        return self.travail()[0] == "FAIT"

    def bilan(self) -> tuple[str, str]:
        """Chemin et empreinte du PDF."""
        ((chemin, sha256),) = self.site.sql(
            "SELECT chemin, sha256 FROM bilans_bilan WHERE id = %s", self.cle
        )
        return chemin, sha256

    def fichiers(self) -> list[Path]:
        """Tout ce qui a été écrit pour cette édition, et tout ce qui l’a été à moitié."""
        ((contrat, annee, edition),) = self.site.sql(
            "SELECT contrat_id, annee, edition FROM bilans_bilan WHERE id = %s", self.cle
        )
        dossier = Path(self.site.environnement["MEDIA_ROOT"]) / "bilans" / str(contrat)
        return [
            f
            for f in dossier.iterdir()
            if f.name.startswith(f"{annee}-{edition}-") or f.suffix == ".provisoire"
        ]


def demander(visite: Visite, annee: int) -> Demande:
    """Ouvre le bilan de l’année (ou sa correction) s’il ne l’est pas, et demande son PDF."""
    site = visite.site
    ((contrat,),) = site.sql(CONTRAT)
    visite.envoyer(f"/espace/contrats/{contrat}/bilans/", {"annee": annee})
    ((cle,),) = site.sql(
        "SELECT id FROM bilans_bilan WHERE contrat_id = %s AND annee = %s"
        " ORDER BY edition DESC LIMIT 1",
        contrat,
        annee,
    )
    _, reponse = visite.envoyer(
        f"/espace/bilans/{cle}/pdf/", {}, formulaire=f"/espace/bilans/{cle}/"
    )
    return Demande(site, str(cle), reponse)
