"""Les pages du site public qui ne dépendent d’aucun contrat."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bilans.donnees_ouvertes import COLONNES, NATURES
from bilans.forms.public import GlossaireForm
from bilans.glossaire import glossaire
from bilans.vocabulaire import lire_mots
from bilans.vocabulaire_garde import vocabulaire
from cls_platform.socle import legal
from cls_platform.socle.page_publique import page_publique
from contrats.etats import STATUT_PUBLIC


@page_publique
def comprendre(request: HttpRequest) -> HttpResponse:
    statuts = [{"code": code, "mot": mot} for code, mot in STATUT_PUBLIC.items()]
    return render(request, "bilans/public/comprendre.html", {"statuts": statuts})


@page_publique
def mots(request: HttpRequest) -> HttpResponse:
    form = GlossaireForm(request.GET)
    recherche = form.cleaned_data["recherche"] if form.is_valid() else ""
    lettres = glossaire(vocabulaire().lexique.sens, lire_mots(), recherche)
    contexte = {
        "form": form,
        "recherche": recherche,
        "lettres": lettres,
        "nombre": sum(len(lettre.entrees) for lettre in lettres),
    }
    return render(request, "bilans/public/mots.html", contexte)


@page_publique
def donnees_ouvertes(request: HttpRequest) -> HttpResponse:
    """Contexte : colonnes et natures du fichier CSV d’un bilan, chacune avec son sens."""
    contexte = {"colonnes": COLONNES.items(), "natures": NATURES.items()}
    return render(request, "bilans/public/donnees_ouvertes.html", contexte)


@page_publique
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/contact.html")


@page_publique
def mentions(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/mentions.html", {"mentions": legal.mentions()})


@page_publique
def accessibilite(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/accessibilite.html", {"mentions": legal.mentions()})


@page_publique
def donnees_personnelles(request: HttpRequest) -> HttpResponse:
    contexte = {
        "mentions": legal.mentions(),
        "jours_reaction": settings.CLS_REACTIONS_COURRIEL_JOURS,
        "jours_abonnement": settings.CLS_ABONNEMENT_CONFIRMATION_JOURS,
    }
    return render(request, "bilans/public/donnees_personnelles.html", contexte)


@page_publique
def plan_du_site(request: HttpRequest) -> HttpResponse:
    return render(request, "bilans/public/plan_du_site.html")
