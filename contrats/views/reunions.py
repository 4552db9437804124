"""Les réunions d’une instance : les prévoir, en rendre compte, les annuler, les emporter."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acteurs.droits import Droit
from cls_platform.socle import typographie
from cls_platform.socle.erreurs import ConflitVersion, ErreurMetier
from cls_platform.socle.historique import historique
from cls_platform.socle.navigation import Lien
from contrats.forms.gouvernance import (
    FormulaireEtat,
    FormulaireReunion,
    FormulaireReunionPrevue,
)
from contrats.models import EtatPresence, EtatReunion, Reunion
from contrats.permissions import exiger
from contrats.presentation import gouvernance as montrer
from contrats.services.reunions import (
    changer_l_etat,
    modifier_reunion,
    prevoir_reunion,
    retirer_reunion,
)
from contrats.views.edition import Edition, confirmer, editer
from contrats.views.gouvernance import adresse_de_l_instance, adresse_de_la_piece, coque
from contrats.views.portes import contrat_suivi, voir

ENTRE_TEMPS = "Cette réunion a changé entre-temps. Voici où elle en est."


def adresse_de_la_reunion(reunion: Reunion) -> str:
    return reverse("contrats:reunion", args=[reunion.pk])


def nom_de(reunion: Reunion) -> str:
    """« Comité de pilotage, 12 mars 2026 »."""
    return f"{reunion.instance.nom}, {typographie.date_longue(reunion.date)}"


def chemin_de(reunion: Reunion) -> tuple[Lien, ...]:
    """Les étapes du fil d’une page posée sous une réunion."""
    instance = reunion.instance
    return (
        Lien(instance.nom, adresse_de_l_instance(instance)),
        Lien(typographie.date_longue(reunion.date), adresse_de_la_reunion(reunion)),
    )


def contexte_reunion(request: HttpRequest, reunion: Reunion, *suite: Lien) -> dict[str, Any]:
    """La coque d’une page posée sous une réunion."""
    return coque(request, reunion.instance.contrat, *chemin_de(reunion), *suite)


def hors_du_contrat(reunion: Reunion) -> str:
    """L’avertissement d’une date avant le début du contrat ou après sa fin ; vide sinon."""
    contrat = reunion.instance.contrat
    if contrat.date_debut and reunion.date < contrat.date_debut:
        borne = f"avant le début du contrat ({typographie.date_longue(contrat.date_debut)})"
    elif contrat.date_fin and reunion.date > contrat.date_fin:
        borne = f"après la fin du contrat ({typographie.date_longue(contrat.date_fin)})"
    else:
        return ""
    return f"C’est enregistré. Cette réunion vient {borne}\u00a0: vérifiez sa date."


def reunion_suivie(request: HttpRequest, pk: UUID) -> Reunion:
    return get_object_or_404(Reunion.objects.suivis_par(request.user), pk=pk)


def reunion_modifiable(request: HttpRequest, pk: UUID) -> Reunion:
    reunion = reunion_suivie(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, reunion.instance.contrat)
    return reunion


@require_GET
def reunion(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = reunion_suivie(request, pk)
    le, contrat = timezone.localdate(), lue.instance.contrat
    instance, jour = chemin_de(lue)
    contexte = coque(request, contrat, instance, Lien(jour.libelle))
    presences = list(lue.presences.select_related("acteur").order_by("acteur__cle_tri", "pk"))
    contexte |= {
        "reunion": lue,
        "signe": montrer.signe_de(lue),
        "nom": nom_de(lue),
        "est_passee": lue.date < le,
        "peut_se_tenir": lue.date <= le,
        "presentes": [p.acteur for p in presences if p.etat == EtatPresence.PRESENT],
        "excusees": [p.acteur for p in presences if p.etat == EtatPresence.EXCUSE],
        "decisions": montrer.decisions_montrees(lue.decisions.avec_retard(le).dans_l_ordre(), le),
        "evenements": historique(lue, limite=12, sauf=("instance",)),
        "moi": str(request.user),
        "peut_modifier": Droit.MODIFIER_CONTRAT in contexte["droits"],
        "vue": "reunion",
        "parametres": "",
    }
    return render(request, "contrats/gouvernance/reunion.html", contexte)


@require_http_methods(["GET", "POST"])
def ajouter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`instance` dans l’adresse : celle que l’on réunit. Sans instance, on en crée une d’abord."""
    contrat = contrat_suivi(request, pk)
    exiger(request.user, Droit.MODIFIER_CONTRAT, contrat)
    if not contrat.instances.filter(est_active=True).exists():
        messages.info(request, "Une réunion est celle d’une instance\u00a0: créez-la d’abord.")
        return voir(reverse("contrats:instance_ajouter", args=[pk]))

    def ecrire(*, valeurs: dict[str, Any], par: Any) -> Reunion:
        return prevoir_reunion(instance=valeurs.pop("instance"), valeurs=valeurs, par=par)

    initiales = {"instance": request.GET.get("instance")}
    edition = Edition(
        former=partial(FormulaireReunionPrevue, contrat=contrat, initial=initiales),
        ecrire=ecrire,
        contexte=partial(coque, request, contrat),
        suite=adresse_de_la_reunion,
        titre="Prévoir une réunion",
        retour=adresse_de_la_piece(contrat),
        avertir=hors_du_contrat,
    )
    return editer(request, edition)


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = reunion_modifiable(request, pk)
    edition = Edition(
        objet=lue,
        former=partial(FormulaireReunion, objet=lue),
        ecrire=partial(modifier_reunion, reunion=lue),
        contexte=partial(contexte_reunion, request, lue),
        titre="Modifier la réunion",
        sujet=nom_de(lue),
        retour=adresse_de_la_reunion(lue),
        avertir=hors_du_contrat,
    )
    return editer(request, edition)


@require_POST
def changer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Annuler la réunion, ou la rétablir."""
    lue = reunion_modifiable(request, pk)
    form = FormulaireEtat(request.POST)
    if not form.is_valid():
        raise BadRequest("Ce geste n’a pas été compris. Rechargez la page de la réunion.")
    try:
        changer_l_etat(reunion=lue, par=request.user, **form.cleaned_data)
    except ConflitVersion:
        messages.warning(request, ENTRE_TEMPS)
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
    else:
        mots = {EtatReunion.ANNULEE: "annulée", EtatReunion.PREVUE: "de nouveau prévue"}
        etat = EtatReunion(form.cleaned_data["etat"])
        messages.success(request, f"Réunion {mots.get(etat, 'notée comme tenue')}.")
    return voir(adresse_de_la_reunion(lue))


@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, pk: UUID) -> HttpResponse:
    lue = reunion_modifiable(request, pk)
    decisions = typographie.pluriel(lue.decisions.count(), "décision")
    return confirmer(
        request,
        retirer=partial(retirer_reunion, reunion=lue, version=None),
        contexte=partial(contexte_reunion, request, lue),
        titre="Retirer la réunion",
        question=f"Retirer la réunion «\u00a0{nom_de(lue)}\u00a0»\u202f?",
        consequence=f"Avec elle partent son compte rendu, ses présences et {decisions}. Une "
        "réunion qui n’a pas eu lieu peut aussi être annulée\u00a0: la liste la garde.",
        retour=adresse_de_la_reunion(lue),
        apres=adresse_de_l_instance(lue.instance),
    )
