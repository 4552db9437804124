"""L’équipe d’un contrat : qui y travaille, avec quel rôle ; inviter, retirer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from acteurs.droits import Droit, Role
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.forms.equipe import FormulaireInvitation, ce_que_permettent_les_roles
from contrats.models import Participation
from contrats.navigation import contexte_espace
from contrats.permissions import exiger
from contrats.services.equipe import ajouter_personne, retirer_personne
from contrats.views.portes import contrat_suivi, recu, voir


@require_http_methods(["GET", "POST"])
def equipe(request: HttpRequest, pk: UUID) -> HttpResponse:
    contrat = contrat_suivi(request, pk)
    form = FormulaireInvitation(recu(request))
    if request.method == "POST":
        exiger(request.user, Droit.GERER_EQUIPE, contrat)
        if form.is_valid():
            try:
                valeurs = form.valeurs() | {"par": request.user}
                participation = ajouter_personne(contrat=contrat, **valeurs)
            except ErreurMetier as erreur:
                form.reporter(erreur)
            else:
                messages.success(request, _dire(participation))
                return voir(reverse("contrats:equipe", args=[pk]))
    contexte = contexte_espace(request, contrat, "equipe")
    contexte |= {
        "participations": contrat.participations.pour_liste(),
        "form": form,
        "roles": ce_que_permettent_les_roles(),
        "peut_gerer": Droit.GERER_EQUIPE in contexte["droits"],
    }
    return render(request, "contrats/equipe.html", contexte, status=422 if form.errors else 200)


def _dire(participation: Participation) -> str:
    personne = participation.utilisateur
    role = Role(participation.role).label.lower()
    if personne.has_usable_password():
        return f"{personne.nom_complet} rejoint l’équipe : {role}."
    return f"Une invitation est partie à {personne.email} : {role}."


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    participation = get_object_or_404(Participation.objects.suivies_par(request.user), pk=pk)
    contrat = participation.contrat
    exiger(request.user, Droit.GERER_EQUIPE, contrat)
    retour = reverse("contrats:equipe", args=[contrat.pk])
    if request.method == "POST":
        try:
            retirer_personne(participation=participation, par=request.user)
        except ErreurMetier as erreur:
            messages.error(request, erreur.message)
        return voir(retour)
    role = Role(participation.role).label.lower()
    contexte = contexte_espace(request, contrat, "equipe", suite=[Lien("Retirer un rôle")]) | {
        "titre": "Retirer un rôle",
        "question": f"{participation.utilisateur.nom_complet} perdra le rôle : {role}.",
        "consequence": "Son compte reste ouvert, ainsi que ses rôles dans les autres contrats.",
        "geste": "Retirer ce rôle",
        "retour": retour,
    }
    return render(request, "contrats/confirmation.html", contexte)
