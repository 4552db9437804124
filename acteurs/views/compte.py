"""Son compte : son profil, et la première venue par une invitation."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from acteurs.forms import AccepterInvitationForm, ProfilForm
from acteurs.services.invitations import accepter_invitation, invitation_ouverte
from acteurs.services.profil import modifier_profil
from acteurs.views.personne import connectee
from cls_platform.socle.erreurs import ErreurMetier

MOTEUR = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def profil(request: HttpRequest) -> HttpResponse:
    personne = connectee(request)
    initial = {nom: getattr(personne, nom) for nom in ("prenom", "nom", "fonction")}
    form = ProfilForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        modifier_profil(**form.cleaned_data, par=personne)
        messages.success(request, "Votre profil est enregistré.")
        return redirect("acteurs:profil")
    statut = 422 if request.method == "POST" else 200
    return render(request, "acteurs/profil.html", {"form": form}, status=statut)


@login_not_required
@never_cache
@sensitive_post_parameters("mot_de_passe", "confirmation")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """Le lien reçu par courriel : choisir son mot de passe ouvre le compte et la session."""
    recue = invitation_ouverte(jeton)
    if recue is None:
        return render(request, "acteurs/invitation_close.html", status=410)
    utilisateur = recue.utilisateur
    initial = {"prenom": utilisateur.prenom, "nom": utilisateur.nom}
    form = AccepterInvitationForm(request.POST or None, utilisateur=utilisateur, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            accepter_invitation(
                invitation=recue,
                mot_de_passe=form.cleaned_data["mot_de_passe"],
                prenom=form.cleaned_data["prenom"],
                nom=form.cleaned_data["nom"],
            )
        except ErreurMetier as erreur:
            form.add_error(None, erreur.message)
        else:
            login(request, utilisateur, backend=MOTEUR)
            messages.success(request, "Votre compte est ouvert. Bienvenue.")
            return redirect("contrats:espace")
    contexte = {"form": form, "invitation": recue}
    statut = 422 if request.method == "POST" else 200
    return render(request, "acteurs/invitation.html", contexte, status=statut)
