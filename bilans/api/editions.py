"""Les éditions publiées dans l’API : leur adresse, leur fichier, ce qu’elles sont devenues."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from bilans.etats import EtatEdition
from bilans.filters import EditionFilterSet
from bilans.models import Bilan
from cls_platform.socle.api.champs import Serialiseur
from cls_platform.socle.api.lecture import Lecteur, Lignes, PlanDeLecture, colonnes_simples
from cls_platform.socle.api.ressources import Ressource

SIMPLES = (
    "id", "contrat", "annee", "edition", "publie_le", "instantane_le", "sha256", "taille", "pages",
    "note_correction", "retire_le", "motif_retrait",
)  # fmt: skip
ADRESSES = ("adresse", "pdf", "adresse_de_l_annee", "adresse_courte", "donnees_csv", "donnees_json")


def adresses_de(
    *, slug: str, annee: int, edition: int, code: str, etat: str, est_public: bool
) -> dict[str, str | None]:
    """Adresses absolues. Nulles si le contrat n’a pas de page publique ; retirée, une édition
    garde sa page, qui le dit, et n’a plus de fichier."""
    trouvees: dict[str, str | None] = dict.fromkeys(ADRESSES)
    if not est_public:
        return trouvees
    une, an = [slug, annee, edition], [slug, annee]
    trouvees["adresse"] = reverse("bilans:edition_publique", args=une)
    trouvees["adresse_de_l_annee"] = reverse("bilans:bilan_public", args=an)
    trouvees["adresse_courte"] = reverse("bilans:adresse_courte", args=[code]) if code else None
    if etat != EtatEdition.RETIREE:
        trouvees["pdf"] = reverse("bilans:edition_pdf", args=une)
        trouvees["donnees_csv"] = reverse("bilans:edition_csv", args=une)
        trouvees["donnees_json"] = reverse("bilans:edition_json", args=une)
    return {cle: lue and settings.ADRESSE_PUBLIQUE + lue for cle, lue in trouvees.items()}


def _completer(lignes: Lignes, lecteur: Lecteur) -> None:
    for ligne in lignes.values():
        ligne.update(
            adresses_de(
                slug=ligne.pop("_slug"),
                annee=ligne["annee"],
                edition=ligne["edition"],
                code=ligne.pop("_code"),
                etat=ligne["etat"],
                est_public=ligne.pop("_est_public"),
            )
        )


def _annoter(requete: Any, lecteur: Lecteur) -> Any:
    return requete.avec_etat_d_edition().avec_la_derniere()


EDITIONS = PlanDeLecture(
    annoter=_annoter,
    completer=_completer,
    colonnes={
        **colonnes_simples(*SIMPLES),
        "etat": "etat_edition",
        "en_vigueur": "en_vigueur",
        "_slug": "contrat__slug",
        "_code": "code_court",
        "_est_public": "contrat__est_public",
    },
)

REMPLACEE = OpenApiExample(
    "Une édition corrigée depuis",
    response_only=True,
    value={
        "id": "6f2a0c1e-7a3b-4f0e-9a51-0d3c5b8e2f10",
        "contrat": "0b8f6c2d-53a1-4f7e-8a0c-2b1d9e4f6a70",
        "annee": 2025,
        "edition": 1,
        "publie_le": "2026-03-24T09:00:00Z",
        "instantane_le": "2026-03-20T09:00:00Z",
        "sha256": "9d5e3b1f" * 8,
        "taille": 412908,
        "pages": 14,
        "note_correction": "",
        "retire_le": None,
        "motif_retrait": "",
        "etat": "REMPLACEE",
        "en_vigueur": "c1d2e3f4-1111-4222-8333-444455556666",
        "adresse": "https://cls.exemple.fr/bilans/mon-contrat/2025/version/1/",
        "pdf": "https://cls.exemple.fr/bilans/mon-contrat/2025/version/1/bilan.pdf",
        "adresse_de_l_annee": "https://cls.exemple.fr/bilans/mon-contrat/2025/",
        "adresse_courte": "https://cls.exemple.fr/b/k7m2p9x",
        "donnees_csv": "https://cls.exemple.fr/bilans/mon-contrat/2025/version/1/donnees.csv",
        "donnees_json": "https://cls.exemple.fr/bilans/mon-contrat/2025/version/1/donnees.json",
    },
)


@extend_schema_serializer(examples=[REMPLACEE])
class EditionSerializer(Serialiseur):
    """Une édition publiée d’un bilan ; elle ne change plus. Corrigée, la suivante la remplace."""

    etat = serializers.ChoiceField(
        source="etat_edition", choices=EtatEdition.choices, read_only=True
    )
    en_vigueur = serializers.UUIDField(
        read_only=True, allow_null=True, help_text="L’édition publiée aujourd’hui pour cette année."
    )
    adresse = serializers.URLField(allow_null=True, read_only=True, help_text="Sa page, à jamais.")
    pdf = serializers.URLField(
        allow_null=True, read_only=True, help_text="Son fichier, à jamais le même ; nul si retirée."
    )
    adresse_de_l_annee = serializers.URLField(
        allow_null=True, read_only=True, help_text="La page de l’édition en vigueur."
    )
    adresse_courte = serializers.URLField(allow_null=True, read_only=True)
    donnees_csv = serializers.URLField(allow_null=True, read_only=True)
    donnees_json = serializers.URLField(allow_null=True, read_only=True)

    class Meta:
        model = Bilan
        fields = (*SIMPLES, "etat", "en_vigueur", *ADRESSES)

    def to_representation(self, bilan: Any) -> dict[str, Any]:
        for cle, adresse in _adresses(bilan).items():
            setattr(bilan, cle, adresse)
        return super().to_representation(bilan)


def _adresses(bilan: Any) -> dict[str, str | None]:
    return adresses_de(
        slug=bilan.contrat.slug,
        annee=bilan.annee,
        edition=bilan.edition,
        code=bilan.code_court,
        etat=bilan.etat_edition,
        est_public=bilan.contrat.est_public,
    )


class EditionViewSet(Ressource):
    """Tout ce qui a été publié : contrats publics, et contrats suivis. La plus récente d’abord."""

    serializer_class = EditionSerializer
    filterset_class = EditionFilterSet
    plan = EDITIONS

    def get_queryset(self) -> Any:
        visibles = Bilan.objects.editions_visibles_par(self.request.user).avec_etat_d_edition()
        rangees = visibles.defer("instantane", "technique").ranges_par_annee()
        return rangees.select_related("contrat") if self.detail else rangees
