"""Une fiche action : la lire, la modifier en entier, cocher ses étapes."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from acteurs.droits import Droit
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats import completude, fiche
from contrats.coque_fiche import contexte_fiche
from contrats.etapes import etapes_de
from contrats.forms.action import FormulaireAction
from contrats.forms.sections import sections
from contrats.forms.valeurs_action import en_mots, valeurs_de
from contrats.histoire.fiche import journal
from contrats.models import Action, Inspiration, PartageAction
from contrats.navigation import contexte_espace
from contrats.permissions import droits_sur, refus
from contrats.provenance import avec_provenance
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.services.plan import (
    champs_modifiables,
    modifier_action,
)
from contrats.views.conflit import (
    REPRENDRE,
    aide_de_la_reprise,
    conflit,
    departage_de,
    fusion_de,
    reprise,
)
from contrats.views.portes import action_suivie, recu, voir

LIMITE_DU_JOURNAL = 12


@require_GET
def action(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet: Any = action_suivie(request, pk)
    le = timezone.localdate()
    contexte = contexte_fiche(request, objet)
    complet = completude.completude(objet.remplis)
    contexte |= {
        "panneaux": fiche.panneaux(objet, contexte["ouverts"], le),
        "completude": complet,
        "manques": fiche.manques(objet, complet, contexte["ouverts"]),
        "regle": completude.regle(),
        "etapes": etapes_de(objet, le),
        "evenements": avec_provenance(journal(objet, limite=LIMITE_DU_JOURNAL)),
        "moi": str(request.user),
        "inspiration": Inspiration.objects.mention_de(objet),
        "partagee_avec": PartageAction.objects.noms_avec(objet),
    }
    return render(request, "contrats/action.html", contexte)


@require_http_methods(["GET", "POST"])
def action_modifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    objet = action_suivie(request, pk)
    ouverts = champs_modifiables(request.user, objet, droits_sur(request.user, objet.contrat))
    if not ouverts:
        raise refus(Droit.MODIFIER_PLAN)
    if REPRENDRE in request.POST:
        return _page(request, objet, _reprise(request, objet, ouverts))
    form = _formulaire(objet, ouverts, recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            ecrire_en_fusionnant(
                objet=objet,
                ecrire=partial(modifier_action, action=objet),
                valeurs=form.valeurs(),
                version=form.cleaned_data["version"],
                par=request.user,
                departage=departage_de(request.POST),
            )
        except ConflitDeChamps as erreur:
            return _en_conflit(request, objet, form, erreur)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(reverse("contrats:action", args=[pk]))
    return _page(request, objet, form)


def _formulaire(
    objet: Action, ouverts: frozenset[str], *donnees: Any, **options: Any
) -> FormulaireAction:
    return FormulaireAction(
        *donnees, contrat=objet.contrat, action=objet, seulement=ouverts, **options
    )


def _page(request: HttpRequest, objet: Action, form: FormulaireAction) -> HttpResponse:
    retour = reverse("contrats:action", args=[objet.pk])
    suite = [Lien(fiche.nom_court(objet), retour), Lien("Modifier")]
    contexte = contexte_espace(request, objet.contrat, "plan", suite=suite)
    contexte |= {
        "form": form,
        "sections": sections(form, objet.contrat),
        "titre": "Modifier la fiche",
        "sujet": str(objet),
        "retour": retour,
    }
    statut = 422 if form.errors else 200
    return render(request, "contrats/action_modifier.html", contexte, status=statut)


def _en_conflit(
    request: HttpRequest, objet: Action, form: FormulaireAction, erreur: ConflitDeChamps
) -> HttpResponse:
    siennes = form.ecriture(valeurs_de(erreur.actuel, form.valeurs()))
    miennes = form.ecriture(form.valeurs())
    face_a_face = conflit(
        request, erreur.actuel, miennes, siennes, form, seulement=erreur.en_conflit
    )
    retour = reverse("contrats:action", args=[objet.pk])
    if face_a_face is None:
        return voir(retour)
    suite = [Lien(fiche.nom_court(objet), retour), Lien("Deux versions")]
    contexte = contexte_espace(request, objet.contrat, "plan", suite=suite) | {
        "identifiant": f"fiche-{objet.pk}",
        "conflit": face_a_face,
        "quoi": fiche.nom_court(objet),
        "adresse": reverse("contrats:action_modifier", args=[objet.pk]),
        "retour": retour,
    }
    return render(request, "contrats/conflit.html", contexte, status=409)


def _reprise(request: HttpRequest, objet: Action, ouverts: frozenset[str]) -> FormulaireAction:
    vierge = _formulaire(objet, ouverts)
    siennes = valeurs_de(objet, [n for n in vierge.fields if n != "version"])
    fusion = fusion_de(objet, _formulaire(objet, ouverts, request.POST))
    initiales = reprise(vierge, request.POST, siennes, fusion) | {"version": objet.version}
    form = _formulaire(objet, ouverts, initial=initiales)
    ecrites = {n: en_mots(n, v) for n, v in siennes.items()}
    aide_de_la_reprise(form, ecrites, str(objet.modifie_par or "l’outil relié"), fusion)
    return form
