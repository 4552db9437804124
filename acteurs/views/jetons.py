"""Les jetons de l’API d’une personne."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from acteurs.forms import JetonForm
from acteurs.models import Jeton
from acteurs.services.jetons import creer_jeton, revoquer_jeton
from acteurs.views.personne import connectee
from cls_platform.socle.erreurs import DonneesRefusees


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def liste(request: HttpRequest) -> HttpResponse:
    """Les jetons, et la création : le secret n’est montré que dans cette réponse."""
    form = JetonForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = creer_jeton(**form.cleaned_data, par=connectee(request))
        except DonneesRefusees as erreur:
            form.add_error(None, erreur.message)
        else:
            form = JetonForm()
    contexte = {
        "form": form,
        "secret": secret,
        "jetons": list(Jeton.objects.de(connectee(request))),
    }
    statut = 422 if form.is_bound and form.errors else 200
    return render(request, "acteurs/jetons.html", contexte, status=statut)


@require_POST
def revoquer(request: HttpRequest, pk: UUID) -> HttpResponse:
    jeton = get_object_or_404(Jeton.objects.de(connectee(request)), pk=pk)
    revoquer_jeton(jeton=jeton, par=connectee(request))
    messages.success(request, f"Le jeton « {jeton.nom} » ne vaut plus rien.")
    return redirect("acteurs:jetons")
