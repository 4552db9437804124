from datetime import date
from functools import cache
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from acteurs.models import Acteur, AffectationArs, Commune, Region, Suivi, Utilisateur, historise
from cls_platform.socle.fonctions_sql import CleTri, colonne_cle_tri
from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.etats import PHASES_EN_PROJET, PHASES_SIGNEES, PHASES_TERMINEES, Phase
from contrats.models.comptes_contrat import sous_compte
from contrats.models.revision_couverture import compter_les_revisions
from contrats.models.selections import SelectionContrats


class Initiative(models.TextChoices):
    COLLECTIVITE = "COLLECTIVITE", "Collectivité"
    ARS = "ARS", "ARS"
    CONJOINTE = "CONJOINTE", "Initiative conjointe"


class ContratQuerySet(SelectionContrats, models.QuerySet["Contrat"]):
    def publics(self) -> Self:
        return self.filter(est_public=True)

    def suivis_par(self, utilisateur: Any) -> Self:
        """Les contrats de l’espace de travail d’une personne : les siens, ou ceux de son ARS."""
        if not utilisateur.is_authenticated:
            return self.none()
        if utilisateur.est_administrateur:
            return self
        return self.filter(
            Q(Exists(participations_de(utilisateur))) | Q(Exists(affectations_sur(utilisateur)))
        )

    def suivis_par_ars(self, utilisateur: Any) -> Self:
        return self.filter(Exists(affectations_sur(utilisateur)))

    def visibles_par(self, utilisateur: Any) -> Self:
        """Ce que la personne peut lire : les contrats publics et ceux qu’elle suit."""
        if not utilisateur.is_authenticated:
            return self.publics()
        if utilisateur.est_administrateur:
            return self
        return self.filter(
            Q(est_public=True)
            | Q(Exists(participations_de(utilisateur)))
            | Q(Exists(affectations_sur(utilisateur)))
        )

    def des_regions(self, regions: frozenset[str] | None) -> Self:
        """None : toutes."""
        return self if regions is None else self.filter(region__in=regions)

    def en_vigueur(self, le: date) -> Self:
        return self.filter(
            Q(date_fin=None) | Q(date_fin__gte=le),
            phase__in=PHASES_SIGNEES,
            date_signature__lte=le,
            date_debut__lte=le,
        )

    def rechercher(self, texte: str) -> Self:
        """Nom du contrat qui contient tous les mots, ou commune du périmètre (nom, code postal)."""
        presences = lignes_de("perimetres").filter(
            contrat=OuterRef("pk"),
            commune__in=Commune.objects.actuelles().rechercher(texte).order_by().values("pk"),
            date_sortie=None,
        )
        return self.filter(_du_nom(texte) | Q(Exists(presences)))

    def dont_le_nom_dit(self, texte: str) -> Self:
        return self.filter(_du_nom(texte))

    def tries(self) -> Self:
        return self.order_by("cle_tri", "-generation", "pk")

    def pour_liste(self) -> Self:
        return self.select_related("region", "ars")

    def pour_espace(self, utilisateur: Any) -> Self:
        """Avec `nombre_actions`, celles que la personne peut lire."""
        lisibles = lignes_de("actions").lisibles_par(utilisateur)
        return self.pour_liste().annotate(nombre_actions=sous_compte(lisibles))

    def pour_api(self, le: date) -> Self:
        """Avec `nombre_communes`, celles du périmètre ce jour-là."""
        presentes = lignes_de("perimetres").au(le)
        return self.annotate(nombre_communes=sous_compte(presentes))


def _du_nom(texte: str) -> Q:
    """Le nom contient tous les mots, accents et majuscules ignorés."""
    tous = Q()
    for mot in texte.split():
        tous &= Q(cle_tri__contains=CleTri(models.Value(mot)))
    return tous


def lignes_de(relation: str) -> Any:
    """Les lignes d’une relation inverse du contrat, dont le modèle est dans un fichier voisin."""
    champ: Any = Contrat._meta.get_field(relation)
    return champ.related_model._default_manager


def participations_de(utilisateur: Any) -> models.QuerySet:
    return lignes_de("participations").filter(contrat=OuterRef("pk"), utilisateur=utilisateur)


def affectations_sur(utilisateur: Any) -> models.QuerySet:
    """Les contrats de l’ARS de l’agent ; ceux de sa délégation s’il en a une."""
    communes_du_departement = lignes_de("perimetres").filter(
        contrat=OuterRef(OuterRef("pk")), commune__departement=OuterRef("departement")
    )
    return AffectationArs.objects.filter(
        Q(departement=None) | Q(Exists(communes_du_departement)),
        utilisateur=utilisateur,
        ars=OuterRef("ars"),
    )


@historise(exclude=["cle_tri"])
class Contrat(Suivi):
    """Un contrat local de santé (CSP, art. L1434-10) : un accord de 3 à 6 ans, à contenu libre.

    Début, fin et signature sont indépendants : un contrat peut être signé après avoir commencé.
    """

    nom = models.CharField("nom", max_length=160)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    numero = models.CharField("numéro", max_length=40, blank=True)
    generation = models.PositiveSmallIntegerField("génération", default=1)
    contrat_precedent = models.ForeignKey(
        "self",
        verbose_name="contrat précédent",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suites",
    )
    phase = models.CharField("phase", max_length=20, choices=Phase, default=Phase.INTENTION)
    initiative = models.CharField(
        "initiative", max_length=15, choices=Initiative, default=Initiative.CONJOINTE
    )
    base_legale = models.CharField(
        "base légale", max_length=200, blank=True, default="Code de la santé publique, L1434-10"
    )
    presentation = models.TextField("présentation pour les habitants", blank=True)
    date_debut = models.DateField("début", null=True, blank=True)
    date_fin = models.DateField("fin", null=True, blank=True)
    date_signature = models.DateField("signature", null=True, blank=True)
    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.PROTECT, related_name="contrats"
    )
    ars = models.ForeignKey(
        Acteur,
        verbose_name="ARS",
        on_delete=models.PROTECT,
        related_name="contrats_suivis",
        limit_choices_to={"type": "ars"},
    )
    courriel_contact = models.EmailField("courriel de contact", blank=True)
    est_public = models.BooleanField("page publique ouverte", default=False)
    est_demonstration = models.BooleanField("démonstration", default=False)
    cle_tri = colonne_cle_tri()

    objects = ContratQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "contrat"
        verbose_name_plural = "contrats"
        constraints = [
            *Suivi.Meta.constraints,
            models.CheckConstraint(
                condition=Q(date_debut=None) | Q(date_fin=None) | Q(date_fin__gt=F("date_debut")),
                name="contrat_fin_apres_debut",
                violation_error_message=(
                    "La fin vient après le début. Corrigez l’une des deux dates."
                ),
            ),
            models.CheckConstraint(
                condition=Q(generation__gte=1),
                name="contrat_generation_positive",
                violation_error_message="La première génération porte le numéro 1.",
            ),
            models.CheckConstraint(
                condition=~Q(contrat_precedent=F("id")),
                name="contrat_ne_se_suit_pas",
                violation_error_message="Un contrat ne peut pas être son propre précédent.",
            ),
            models.UniqueConstraint(
                fields=["numero"],
                condition=~Q(numero=""),
                name="contrat_numero_unique",
                violation_error_message="Un autre contrat porte déjà ce numéro.",
            ),
            models.UniqueConstraint(
                fields=["id", "region"],
                name="contrat_et_sa_region",
                violation_error_message="Ce contrat a déjà une région.",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "phase"], name="contrat_region_phase"),
            models.Index(fields=["cle_tri"], name="contrat_cle_tri"),
        ]
        triggers = compter_les_revisions("id")

    def __str__(self) -> str:
        return self.nom

    @property
    def periode(self) -> str:
        """« 2024-2028 », ou une chaîne vide si les dates ne sont pas connues."""
        annees = [str(d.year) for d in (self.date_debut, self.date_fin) if d]
        return "-".join(dict.fromkeys(annees))

    @property
    def est_signe(self) -> bool:
        return self.phase in PHASES_SIGNEES

    @property
    def est_en_projet(self) -> bool:
        return self.phase in PHASES_EN_PROJET

    @property
    def est_termine(self) -> bool:
        return self.phase in PHASES_TERMINEES


class PassageDate(NamedTuple):
    """D’un passage, ce que montre une frise."""

    vers: str
    date_effet: date


class PassageQuerySet(models.QuerySet["PassagePhase"]):
    def chronologiques(self) -> Self:
        return self.select_related("par").order_by("date_effet", "id")

    def dates_de(self, contrat: Contrat) -> list[PassageDate]:
        """Les phases atteintes, dans l’ordre ; une requête."""
        return [PassageDate(*ligne) for ligne in _passages().lire(contrat=contrat.pk)]


@cache
def _passages() -> RequeteFigee:
    passages = PassagePhase.objects.filter(contrat=Parametre("contrat")).order_by(
        "date_effet", "id"
    )
    return figer(passages.values_list("vers", "date_effet"))


class PassagePhase(models.Model):
    """Un changement de phase daté : `date_effet` dit quand, `fait_le` quand on l’a noté."""

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="passages"
    )
    de = models.CharField("de", max_length=20, choices=Phase, blank=True)
    vers = models.CharField("vers", max_length=20, choices=Phase)
    date_effet = models.DateField("date d’effet")
    raison = models.TextField("raison", blank=True)
    par = models.ForeignKey(
        Utilisateur,
        verbose_name="par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    fait_le = models.DateTimeField("noté le", auto_now_add=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage de phase"
        verbose_name_plural = "passages de phase"
        indexes = [models.Index(fields=["contrat", "date_effet", "id"], name="passage_par_date")]
        triggers = compter_les_revisions("contrat_id")

    def __str__(self) -> str:
        return f"{self.de} → {self.vers}"
