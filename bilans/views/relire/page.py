"""Relire : le bilan entier comme le public le lira, avec les fils de chaque partie."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from bilans.etats import StatutBilan
from bilans.instantane import Instantane, relire
from bilans.models import Bilan, CommentaireBilan
from bilans.rapport import construire
from bilans.relecture import ancres
from bilans.relecture.fils import Fil, Fils, FilsDUnePartie, fils_du_bilan
from bilans.relecture.parties import ActionLue, PartieLue, parties
from bilans.services.rendu import donnees_plus_recentes
from bilans.views.relire.portes import RELIRE, bilan_a_relire, contexte_relecture
from cls_platform.socle import presentation, typographie
from cls_platform.socle.navigation import Entree
from contrats.permissions import peut
from contrats.views.portes import contrat_suivi

A_TRAITER, A_MOI = "a-traiter", "a-moi"


@dataclass(frozen=True, slots=True)
class ActionRelue:
    action: ActionLue
    fils: FilsDUnePartie


@dataclass(frozen=True, slots=True)
class PartieRelue:
    """Une partie, ses fils, et ceux de ses actions."""

    partie: PartieLue
    fils: FilsDUnePartie
    actions: tuple[ActionRelue, ...]

    @property
    def tous(self) -> list[Fil]:
        siens = [*self.fils.fils, *self.fils.clos]
        return siens + [f for a in self.actions for f in (*a.fils.fils, *a.fils.clos)]


@require_safe
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    bilan = bilan_a_relire(request, pk)
    contexte = contexte_relecture(request, bilan, RELIRE)
    lu = _instantane(bilan)
    fils = fils_du_bilan(bilan, request.user, contexte["droits"])
    relues = [_relue(partie, fils) for partie in parties(lu)]
    filtre = request.GET.get("filtre", "")
    contexte |= {
        "parties": [r for r in relues if _garde(r, filtre)],
        "sommaire": [(r.partie, _a_traiter(r)) for r in relues if not r.partie.est_vide],
        "entier": fils.de(ancres.BILAN),
        "orphelins": _orphelins(fils, relues),
        "filtre": filtre,
        "filtres": _filtres(bilan, fils, filtre),
        "retour": request.get_full_path(),
        "est_en_relecture": bilan.statut in (StatutBilan.RELECTURE, StatutBilan.VALIDE),
        "pdf_perime": donnees_plus_recentes(bilan),
    }
    return render(request, "bilans/relire/page.html", contexte)


def _instantane(bilan: Bilan) -> Instantane:
    """Figé, ce qui est publié ; sinon ce que le bilan dirait aujourd’hui."""
    if bilan.est_fige and bilan.instantane:
        return relire(bilan.instantane)
    return construire(bilan, arrete_le=timezone.localdate(), avec_carte=False)


def _relue(partie: PartieLue, fils: Fils) -> PartieRelue:
    actions = tuple(ActionRelue(a, fils.de(a.ancre)) for a in partie.actions)
    return PartieRelue(partie, fils.de(partie.ancre), actions)


def _a_traiter(relue: PartieRelue) -> int:
    return sum(fil.est_a_traiter for fil in relue.tous)


def _garde(relue: PartieRelue, filtre: str) -> bool:
    """Sans filtre, tout ce qui paraît ; filtré, les parties où il y a quelque chose à lire."""
    if filtre == A_TRAITER:
        return any(fil.est_a_traiter for fil in relue.tous)
    if filtre == A_MOI:
        return any(fil.est_a_moi for fil in relue.tous)
    return not relue.partie.est_vide or bool(relue.tous)


def _orphelins(fils: Fils, relues: list[PartieRelue]) -> list[FilsDUnePartie]:
    """Les fils d’une partie que le bilan ne montre plus."""
    montrees = {str(ancres.BILAN)}
    montrees |= {r.partie.ancre for r in relues} | {
        a.action.ancre for r in relues for a in r.actions
    }
    return [fils.de(ancre) for ancre in fils.par_ancre if ancre not in montrees]


def _filtres(bilan: Bilan, fils: Fils, courant: str) -> list[Entree]:
    page_ = reverse("bilans:relire", args=[bilan.pk])
    ouverts = sum(fil.est_a_traiter for fil in fils.tous)
    miens = sum(fil.est_a_moi for fil in fils.tous)
    choix = (
        ("", "Tout le bilan"),
        (A_TRAITER, f"À traiter ({typographie.nombre(ouverts)})"),
        (A_MOI, f"À moi ({typographie.nombre(miens)})"),
    )
    return [
        Entree(nom, f"{page_}?filtre={cle}" if cle else page_, est_courante=cle == courant)
        for cle, nom in choix
    ]


@require_safe
def a_relire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Le nombre du rail, seul : les commentaires à traiter ; vide à qui ne relit pas."""
    contrat = contrat_suivi(request, pk)
    if not peut(request.user, Droit.RELIRE_BILAN, contrat):
        return HttpResponse("")
    nombre = CommentaireBilan.objects.du_contrat(contrat).a_traiter().count()
    return HttpResponse(presentation.compte_du_rail(str(nombre or ""), a_traiter=True))
