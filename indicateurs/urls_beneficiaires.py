"""Les adresses des bénéficiaires : la saisie d’une fiche, le contrat, la page publique."""

from django.urls import path

from indicateurs.views.beneficiaires import contrat, saisie

CONTRAT = "espace/contrats/<uuid:pk>/indicateurs/beneficiaires"

adresses = [
    path(f"{CONTRAT}/", contrat.beneficiaires, name="beneficiaires"),
    path(f"{CONTRAT}.<slug:extension>", contrat.exporter, name="beneficiaires_exporter"),
    path(
        "espace/actions/<uuid:pk>/beneficiaires/",
        saisie.de_l_action,
        name="beneficiaires_action",
    ),
    path("contrats/<slug:slug>/beneficiaires/", contrat.publics, name="beneficiaires_publics"),
]
