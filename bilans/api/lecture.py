"""Le plan de lecture des bilans."""

from django.conf import settings
from django.urls import reverse

from bilans.etats import STATUTS_FIGES, StatutBilan
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples

ADRESSES = ("page", "pdf", "version_publique", "adresse_courte")


def adresses(
    *, slug: str, annee: int, edition: int, statut: str, est_public: bool, code: str
) -> dict[str, str | None]:
    """Adresses absolues : la page et le PDF en cours, cette édition-ci, l’adresse courte.

    Nulles tant que rien n’est en ligne ; une édition remplacée garde la sienne.
    """
    trouvees: dict[str, str | None] = dict.fromkeys(ADRESSES)
    if not est_public or statut not in STATUTS_FIGES:
        return trouvees
    trouvees["version_publique"] = reverse("bilans:edition_publique", args=[slug, annee, edition])
    trouvees["adresse_courte"] = reverse("bilans:adresse_courte", args=[code]) if code else None
    if statut == StatutBilan.PUBLIE:
        trouvees["page"] = reverse("bilans:bilan_public", args=[slug, annee])
        trouvees["pdf"] = reverse("bilans:bilan_pdf", args=[slug, annee])
    return {cle: lue and settings.ADRESSE_PUBLIQUE + lue for cle, lue in trouvees.items()}


def _completer(lignes: Lignes, lecteur: Lecteur) -> None:
    for ligne in lignes.values():
        ligne.update(
            adresses(
                slug=ligne.pop("_slug"),
                annee=ligne["annee"],
                edition=ligne["edition"],
                code=ligne.pop("_code"),
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
            "retire_le",
            "motif_retrait",
            "sha256",
            "taille",
            "pages",
            "version",
            "modifie_le",
        ),
        "_slug": "contrat__slug",
        "_code": "code_court",
        "_est_public": "contrat__est_public",
    },
)
COLONNES_PUBLIQUES: tuple[str, ...] = tuple(n for n in BILANS.colonnes if not n.startswith("_"))
