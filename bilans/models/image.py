"""Les images d’un contrat : photos et logos, ré-encodés, nommés par leur empreinte."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from acteurs.models import Suivi, historise
from contrats.models import Contrat


class GenreImage(models.TextChoices):
    PHOTO = "PHOTO", "Photo"
    LOGO = "LOGO", "Logo"


class ImageBilanQuerySet(models.QuerySet["ImageBilan"]):
    def suivies_par(self, utilisateur: Any) -> Self:
        return self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))

    def photos(self) -> Self:
        return self.filter(genre=GenreImage.PHOTO).order_by("-cree_le", "pk")

    def logos(self) -> Self:
        return self.filter(genre=GenreImage.LOGO).order_by("ordre", "cree_le", "pk")


@historise()
class ImageBilan(Suivi):
    """Une image ré-encodée (JPEG ou PNG), sans métadonnées ; `chemin` contient son empreinte.

    Le fichier ne change jamais et n’est jamais effacé tant qu’un instantané le montre.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="images"
    )
    genre = models.CharField("genre", max_length=5, choices=GenreImage)
    nom = models.CharField("nom du fichier reçu", max_length=120)
    alternative = models.CharField("ce que montre l’image", max_length=300)
    credit = models.CharField("crédit", max_length=150, blank=True)
    chemin = models.CharField("fichier", max_length=120, editable=False)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, editable=False)
    type_mime = models.CharField("type", max_length=20, editable=False)
    largeur = models.PositiveSmallIntegerField("largeur (px)", editable=False)
    hauteur = models.PositiveSmallIntegerField("hauteur (px)", editable=False)
    taille = models.PositiveIntegerField("taille (octets)", editable=False)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    objects = ImageBilanQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["contrat", "genre", "sha256"],
                name="image_bilan_unique",
                violation_error_message="Cette image est déjà dans le contrat.",
            ),
            models.CheckConstraint(
                condition=~Q(alternative=""),
                name="image_bilan_decrite",
                violation_error_message="Dites ce que montre l’image : c’est le texte lu par"
                " les personnes qui ne la voient pas.",
            ),
            models.CheckConstraint(
                condition=~Q(genre="PHOTO") | ~Q(credit=""),
                name="image_bilan_creditee",
                violation_error_message="Écrivez qui a pris la photo.",
            ),
        ]

    def __str__(self) -> str:
        return self.alternative


@historise()
class CharteBilan(Suivi):
    """Les couleurs des documents d’un contrat (« #0d3440 ») ; vide, celles de la plateforme."""

    contrat = models.OneToOneField(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="charte_bilan"
    )
    couleur_fond = models.CharField("couleur de la couverture", max_length=7, blank=True)
    couleur_accent = models.CharField("couleur d’accent", max_length=7, blank=True)

    class Meta(Suivi.Meta):
        verbose_name = "charte des bilans"
        verbose_name_plural = "chartes des bilans"
        constraints = [
            *Suivi.Meta.constraints,
            *(
                models.CheckConstraint(
                    condition=Q(**{champ: ""}) | Q(**{f"{champ}__regex": "^#[0-9a-f]{6}$"}),
                    name=f"charte_bilan_{champ}",
                    violation_error_message="Une couleur s’écrit « # » et six chiffres ou lettres"
                    " de a à f, comme #0d3440.",
                )
                for champ in ("couleur_fond", "couleur_accent")
            ),
        ]

    def __str__(self) -> str:
        return f"Charte de {self.contrat_id}"
