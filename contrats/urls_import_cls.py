"""Importer une liste de contrats existants, et l’emporter."""

from django.urls import path

from contrats.views import import_cls

CONTRATS = "espace/contrats/"

adresses = [
    path(f"{CONTRATS}importer/", import_cls.importer, name="importer_cls"),
    path(f"{CONTRATS}importer/modele.<slug:extension>", import_cls.modele, name="modele_cls"),
    path(f"{CONTRATS}importer/<uuid:pk>/", import_cls.rapport, name="import_cls"),
    path(
        f"{CONTRATS}importer/<uuid:pk>/rapport.<slug:extension>",
        import_cls.emporter_le_rapport,
        name="import_cls_rapport",
    ),
    path(f"{CONTRATS}exporter/<slug:extension>/", import_cls.exporter, name="exporter_cls"),
]
