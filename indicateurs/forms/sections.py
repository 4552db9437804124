"""Le formulaire d’une définition, rangé comme on y pense."""

from dataclasses import dataclass

from django.forms.boundfield import BoundField


@dataclass(frozen=True, slots=True)
class Section:
    """`rangs` : les champs, ceux d’un même rang côte à côte."""

    titre: str
    aide: str
    rangs: tuple[tuple[BoundField, ...], ...]


# (titre, aide, rangs de champs)
SECTIONS = (
    (
        "Ce que l’on mesure",
        "Seul le libellé est demandé ; le reste se complète quand on le sait.",
        (
            ("modele",),
            ("libelle",),
            ("libelle_public",),
            ("definition",),
            ("code", "type", "niveau"),
        ),
    ),
    (
        "Comment une valeur se lit",
        "",
        (("unite", "decimales"), ("sens", "agregation"), ("numerateur", "denominateur")),
    ),
    (
        "D’où viennent les valeurs",
        "",
        (
            ("calcul",),
            ("formule",),
            ("pilotage",),
            ("source", "producteur"),
            ("periodicite", "responsable"),
            ("limites",),
        ),
    ),
    (
        "Où l’on veut aller",
        "Tout est dans l’unité de l’indicateur.",
        (
            ("valeur_reference", "annee_reference"),
            ("cible", "annee_cible"),
            ("cibles",),
            ("precision", "seuil"),
        ),
    ),
    ("À quoi il se rattache", "", (("axe", "objectif"), ("actions",), ("est_public",))),
)
