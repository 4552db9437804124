import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from acteurs.models.territoire import Commune, Departement, Epci, Region
from cls_platform.socle.fonctions_sql import CleTri, colonne_cle_tri
from cls_platform.socle.models import Nomenclature

models.CharField.register_lookup(Length)


class FamilleActeur(models.TextChoices):
    ETAT_SANTE = "ETAT_SANTE", "Agence régionale de santé"
    ETAT = "ETAT", "État"
    COLLECTIVITE = "COLLECTIVITE", "Collectivités"
    PROTECTION_SOCIALE = "PROTECTION_SOCIALE", "Assurance maladie et protection sociale"
    SOINS = "SOINS", "Soins"
    MEDICO_SOCIAL = "MEDICO_SOCIAL", "Médico-social"
    PREVENTION = "PREVENTION", "Prévention"
    OBSERVATION = "OBSERVATION", "Observation"
    ASSOCIATIF = "ASSOCIATIF", "Associations"
    INSERTION = "INSERTION", "Insertion"
    ENSEIGNEMENT = "ENSEIGNEMENT", "Enseignement"
    HABITAT = "HABITAT", "Habitat"
    ECONOMIE = "ECONOMIE", "Entreprises"
    HABITANTS = "HABITANTS", "Habitantes et habitants"
    AUTRE = "AUTRE", "Autres"


class TypeActeur(Nomenclature):
    famille = models.CharField("famille", max_length=20, choices=FamilleActeur)
    signataire_type = models.CharField(
        "place parmi les signataires",
        max_length=25,
        choices=[
            ("OBLIGATOIRE", "Toujours signataire"),
            ("OBLIGATOIRE_ALTERNATIF", "L’une de ces collectivités signe"),
            ("FREQUENT", "Souvent signataire"),
            ("POSSIBLE", "Parfois signataire"),
            ("RARE", "Rarement signataire"),
        ],
    )

    class Meta:
        verbose_name = "type d’acteur"
        verbose_name_plural = "types d’acteur"


def verifier_siren(siren: str) -> None:
    """Neuf chiffres dont la somme de Luhn est un multiple de dix (Insee, Sirene).

    Lève ValidationError. La Poste (356000000) suit la règle commune pour son SIREN.
    """
    if len(siren) != 9 or not siren.isascii() or not siren.isdigit():
        raise ValidationError("Un SIREN compte neuf chiffres, par exemple 200065928.")
    if somme_de_luhn(siren) % 10:
        raise ValidationError("Ce SIREN contient une erreur de frappe : sa clé est fausse.")


def verifier_finess(finess: str) -> None:
    """Neuf caractères dont le dernier est une clé de Luhn ; « 2A » et « 2B » pour la Corse.

    Lève ValidationError (source : répertoire FINESS).
    """
    chiffres = finess.upper().replace("2A", "20", 1).replace("2B", "20", 1)
    if len(finess) != 9 or not chiffres.isascii() or not chiffres.isdigit():
        raise ValidationError("Un numéro FINESS compte neuf caractères, par exemple 290000017.")
    if somme_de_luhn(chiffres) % 10:
        raise ValidationError("Ce numéro FINESS contient une erreur de frappe : sa clé est fausse.")


def somme_de_luhn(chiffres: str) -> int:
    """Somme de Luhn : un chiffre sur deux est doublé en partant de la droite."""
    total = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 else 1)
        total += valeur - 9 if valeur > 9 else valeur
    return total


class ActeurQuerySet(models.QuerySet["Acteur"]):
    def rechercher(self, texte: str) -> Self:
        """Nom ou sigle qui contient tous les mots, accents et traits d’union ignorés."""
        requete = self
        for mot in texte.split():
            requete = requete.filter(cle_tri__contains=CleTri(models.Value(mot)))
        return requete

    def tries(self) -> Self:
        return self.order_by("cle_tri", "pk")

    def pour_liste(self) -> Self:
        return self.select_related("type", "commune", "epci", "departement", "region")

    def ars(self) -> Self:
        return self.filter(type_id="ars")


class Acteur(models.Model):
    """Une organisation : collectivité, agence, caisse, association, établissement…"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nom = models.CharField("nom", max_length=200)
    nom_court = models.CharField("nom court", max_length=60, blank=True)
    type = models.ForeignKey(TypeActeur, verbose_name="type", on_delete=models.PROTECT)
    siren = models.CharField("SIREN", max_length=9, blank=True, validators=[verifier_siren])
    finess = models.CharField("FINESS", max_length=9, blank=True, validators=[verifier_finess])
    commune = models.ForeignKey(
        Commune, verbose_name="commune", null=True, blank=True, on_delete=models.PROTECT
    )
    epci = models.ForeignKey(
        Epci, verbose_name="intercommunalité", null=True, blank=True, on_delete=models.PROTECT
    )
    departement = models.ForeignKey(
        Departement, verbose_name="département", null=True, blank=True, on_delete=models.PROTECT
    )
    region = models.ForeignKey(
        Region, verbose_name="région", null=True, blank=True, on_delete=models.PROTECT
    )
    site_web = models.URLField("site web", blank=True)
    est_demonstration = models.BooleanField("démonstration", default=False)
    cle_tri = colonne_cle_tri()

    objects = ActeurQuerySet.as_manager()

    class Meta:
        verbose_name = "acteur"
        verbose_name_plural = "acteurs"
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(type="ars"),
                name="acteur_une_ars_par_region",
                violation_error_message="Cette région a déjà son agence régionale de santé.",
            ),
            models.CheckConstraint(
                condition=Q(siren="") | Q(siren__regex=r"^\d{9}$"),
                name="acteur_siren_neuf_chiffres",
                violation_error_message="Un SIREN compte neuf chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(finess="") | Q(finess__length=9),
                name="acteur_finess_neuf_caracteres",
                violation_error_message="Un numéro FINESS compte neuf caractères.",
            ),
        ]
        indexes = [models.Index(fields=["cle_tri"], name="acteur_cle_tri")]

    def __str__(self) -> str:
        return self.nom

    @property
    def libelle_court(self) -> str:
        return self.nom_court or self.nom


class CompetenceArs(models.Model):
    """Les départements d’une agence régionale de santé : un département a une seule agence."""

    ars = models.ForeignKey(
        Acteur, verbose_name="ARS", on_delete=models.CASCADE, related_name="competences"
    )
    departement = models.OneToOneField(
        Departement,
        verbose_name="département",
        on_delete=models.PROTECT,
        related_name="competence_ars",
    )

    class Meta:
        verbose_name = "compétence d’ARS"
        verbose_name_plural = "compétences d’ARS"

    def __str__(self) -> str:
        return f"{self.departement_id} : {self.ars_id}"
