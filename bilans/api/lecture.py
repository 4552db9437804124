"""Le plan de lecture des bilans."""

from django.conf import settings
from django.urls import reverse

from bilans.etats import StatutBilan
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples


def adresses(*, slug: str, annee: int, statut: str, est_public: bool) -> dict[str, str | None]:
    """Adresses absolues de la page publique et du PDF ; nulles tant que rien n’est en ligne."""
    if statut != StatutBilan.PUBLIE or not est_public:
        return {"page": None, "pdf": None}
    noms = {"page": "bilans:bilan_public", "pdf": "bilans:bilan_pdf"}
    return {
        cle: settings.ADRESSE_PUBLIQUE + reverse(nom, args=[slug, annee])
        for cle, nom in noms.items()
    }


def _completer(lignes: Lignes, lecteur: Lecteur) -> None:
    for ligne in lignes.values():
        ligne.update(
            adresses(
                slug=ligne.pop("_slug"),
                annee=ligne["annee"],
                statut=ligne["statut"],
                est_public=ligne.pop("_est_public"),
            )
        )


BILANS = PlanDeLecture(
    completer=_completer,
    colonnes={
        **colonnes_simples(
            "id",
            "contrat",
            "annee",
            "edition",
            "statut",
            "instantane_le",
            "publie_le",
            "sha256",
            "taille",
            "pages",
            "version",
            "modifie_le",
        ),
        "_slug": "contrat__slug",
        "_est_public": "contrat__est_public",
    },
)
COLONNES_PUBLIQUES: tuple[str, ...] = tuple(n for n in BILANS.colonnes if not n.startswith("_"))
