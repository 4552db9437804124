"""Écrire un objet sur une page : formulaire, refus, deux versions face à face, reprise, retrait.

Rien de ce qui a été tapé n’est perdu.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from acteurs.models import Suivi
from cls_platform.socle.erreurs import ConflitVersion, DroitRefuse, ErreurMetier
from cls_platform.socle.navigation import Lien
from contrats.services.fusion import ConflitDeChamps, ecrire_en_fusionnant
from contrats.views.conflit import (
    REPRENDRE,
    aide_de_la_reprise,
    conflit,
    departage_de,
    fusion_de,
    reprise,
)
from contrats.views.portes import recu, voir

Contexte = Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Ce qui change d’un objet à l’autre.

    `former(*donnees, **options)` fait le formulaire. `ecrire(valeurs=, par=)` appelle le service et
    rend l’objet ; pour corriger, il reçoit aussi `version`. `contexte(*suite)` : la coque de la
    page. `objet` None : un ajout. `suite(objet)` : où le lire ensuite, `retour` sinon. `retirer` :
    la page qui l’efface. `fusionne` : ce que deux personnes ont changé chacune de leur côté se
    réunit, et seul un même champ les oppose. `avertir(objet)` : ce qui reste à vérifier, vide
    sinon. `plus` : ce que le gabarit montre encore.
    """

    former: Callable[..., Any]
    ecrire: Callable[..., Any]
    contexte: Contexte
    titre: str
    retour: str
    objet: Suivi | None = None
    suite: Callable[[Any], str] | None = None
    sujet: str = ""
    geste: str = "Enregistrer"
    gabarit: str = "contrats/formulaire.html"
    retirer: str = ""
    fusionne: bool = False
    avertir: Callable[[Any], str] | None = None
    plus: Mapping[str, Any] = field(default_factory=dict)

    def apres(self, objet: Any) -> str:
        return self.suite(objet) if self.suite else self.retour


def editer(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Le formulaire, son refus, le conflit ou la suite."""
    if edition.objet is not None and REPRENDRE in request.POST:
        return montrer(request, edition, rouvrir(request, edition, edition.objet))
    form = edition.former(recu(request))
    if request.method == "POST" and form.is_valid():
        try:
            ecrit = soumettre(request, edition, form)
        except ConflitVersion as erreur:
            return _en_conflit(request, edition, form, erreur)
        except ErreurMetier as erreur:
            form.reporter(erreur)
        else:
            return voir(edition.apres(ecrit))
    return montrer(request, edition, form)


def soumettre(request: HttpRequest, edition: Edition, form: Any) -> Any:
    """L’objet écrit. Lève ConflitVersion ou ErreurMetier."""
    dit: dict[str, Any] = {"valeurs": form.valeurs(), "par": request.user}
    if edition.objet is not None:
        dit["version"] = form.cleaned_data["version"]
    ecrire = edition.ecrire
    if edition.objet is not None and edition.fusionne:
        departage = departage_de(request.POST)
        ecrire = partial(
            ecrire_en_fusionnant, objet=edition.objet, ecrire=ecrire, departage=departage
        )
    ecrit = ecrire(**dit)
    if edition.avertir and (avertissement := edition.avertir(ecrit)):
        messages.warning(request, avertissement)
    return ecrit


def montrer(request: HttpRequest, edition: Edition, form: Any) -> HttpResponse:
    contexte = edition.contexte(Lien(edition.titre)) | {
        "form": form,
        "titre": edition.titre,
        "sujet": edition.sujet,
        "geste": edition.geste,
        "retour": edition.retour,
        "retirer": edition.retirer,
        "moi": str(request.user),
        **edition.plus,
    }
    return render(request, edition.gabarit, contexte, status=422 if form.errors else 200)


def _en_conflit(
    request: HttpRequest, edition: Edition, form: Any, erreur: ConflitVersion
) -> HttpResponse:
    deux = contexte_du_conflit(request, edition, form, erreur)
    if deux["conflit"] is None:
        return voir(edition.apres(erreur.actuel))
    contexte = edition.contexte(Lien("Deux versions")) | deux
    return render(request, "contrats/conflit.html", contexte, status=409)


def contexte_du_conflit(
    request: HttpRequest, edition: Edition, form: Any, erreur: ConflitVersion
) -> dict[str, Any]:
    """`conflit` None : les deux ont écrit la même chose."""
    actuel, miennes = erreur.actuel, form.ecriture(form.valeurs())
    siennes = form.ecriture(form.valeurs_de(actuel))
    seulement = erreur.en_conflit if isinstance(erreur, ConflitDeChamps) else None
    return {
        "identifiant": f"objet-{actuel.pk}",
        "conflit": conflit(request, actuel, miennes, siennes, form, seulement=seulement),
        "quoi": edition.sujet or edition.titre,
        "adresse": request.path,
        "retour": edition.retour,
    }


def rouvrir(request: HttpRequest, edition: Edition, objet: Suivi) -> Any:
    """Le formulaire rouvert sur la version d’aujourd’hui, avec les deux réponses."""
    vierge = edition.former()
    siennes = vierge.valeurs_de(objet)
    fusion = fusion_de(objet, edition.former(request.POST)) if edition.fusionne else None
    initiales = reprise(vierge, request.POST, siennes, fusion) | {"version": objet.version}
    form = edition.former(initial=initiales)
    autre = str(objet.modifie_par or "l’outil relié")
    aide_de_la_reprise(form, form.ecriture(siennes), autre, fusion)
    return form


def confirmer(
    request: HttpRequest,
    *,
    retirer: Callable[..., Any],
    contexte: Contexte,
    titre: str,
    question: str,
    consequence: str,
    retour: str,
    apres: str = "",
    geste: str = "",
) -> HttpResponse:
    """Un geste qui efface : on le dit, on confirme. Refusé, on revient lire pourquoi.

    `retour` : d’où l’on vient ; `apres` : où l’on va une fois l’objet retiré, `retour` sinon.
    """
    if request.method == "POST":
        return _retirer(request, retirer, retour, apres or retour)
    page = contexte(Lien(titre)) | {
        "titre": titre,
        "question": question,
        "consequence": consequence,
        "geste": geste or titre,
        "retour": retour,
    }
    return render(request, "contrats/confirmation.html", page)


def _retirer(
    request: HttpRequest, retirer: Callable[..., Any], retour: str, apres: str
) -> HttpResponse:
    try:
        retirer(par=request.user)
    except DroitRefuse:
        raise
    except ErreurMetier as erreur:
        messages.error(request, erreur.message)
        return voir(retour)
    return voir(apres)
