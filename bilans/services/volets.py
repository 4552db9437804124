"""Écrire un volet du bilan : son texte, sa citation, sa photo, ses trois actions racontées."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from acteurs.services.suivi import creer, enregistrer, marquer, supprimer_en_signant, verrouiller
from bilans.models import ActionEnAvant, Bilan, VoletBilan
from bilans.services.redaction import exiger_du_contrat, exiger_ecriture
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Axe

ACTIONS_RACONTEES = 3
TROP_D_ACTIONS = "Un volet raconte trois actions au plus. Décochez-en."


def volet_lu(bilan: Bilan, axe: Axe | None) -> VoletBilan:
    """La ligne du volet, ou une ligne neuve, pas encore écrite, si personne n’y a touché."""
    deja = bilan.volets.select_related("axe", "photo").filter(axe=axe).first()
    return deja or VoletBilan(bilan=bilan, axe=axe, ordre=axe.ordre if axe else 0)


def actions_a_choisir(bilan: Bilan, axe: Axe | None) -> list[Action]:
    """Les actions publiques du volet, dans l’ordre du plan."""
    publiques = Action.objects.filter(contrat=bilan.contrat_id, axe=axe, est_publique=True)
    return list(publiques.order_by("ordre", "numero", "pk"))


def actions_racontees(bilan: Bilan, axe: Axe | None) -> list[ActionEnAvant]:
    """Celles du volet, par rang."""
    choisies = bilan.actions_en_avant.filter(action__axe=axe).select_related("action")
    return list(choisies.order_by("rang", "pk"))


@transaction.atomic
def ecrire_volet(
    *,
    bilan: Bilan,
    axe: Axe | None,
    valeurs: Mapping[str, Any],
    recits: Mapping[UUID, str],
    version: int | None,
    par: Any,
    via: str = "page",
) -> VoletBilan:
    """`recits` : par action racontée, le texte qui remplace son résumé.

    Lève ConflitVersion, DroitRefuse, DonneesRefusees (citation sans auteur, photo d’ailleurs).
    """
    exiger_ecriture(bilan, par)
    exiger_du_contrat(valeurs.get("photo"), bilan)
    avant = _pour_ecrire(bilan, axe, par, via)
    volet = enregistrer(avant, valeurs=valeurs, version=version, par=par, via=via)
    racontees = actions_racontees(bilan, axe)
    changees = [r for r in racontees if recits.get(r.pk, r.recit) != r.recit]
    for racontee in changees:
        recit = {"recit": recits[racontee.pk]}
        enregistrer(racontee, valeurs=recit, version=None, par=par, via=via)
    if changees and volet.version == avant.version:
        marquer(volet, par=par, via=via)
    return volet


@transaction.atomic
def choisir_actions(
    *,
    bilan: Bilan,
    axe: Axe | None,
    actions: Sequence[Action],
    version: int | None,
    par: Any,
    via: str = "page",
) -> VoletBilan:
    """Celles qui y étaient gardent leur ordre et leur récit ; les nouvelles suivent.

    Lève ConflitVersion, DroitRefuse, DonneesRefusees (plus de trois, action d’un autre volet).
    """
    exiger_ecriture(bilan, par)
    _verifier_le_choix(bilan, axe, actions)
    volet = verrouiller(_pour_ecrire(bilan, axe, par, via), version=version)
    deja = actions_racontees(bilan, axe)
    if {r.action for r in deja} == set(actions):
        return volet
    gardees = [r for r in deja if r.action in actions]
    for retiree in deja:
        if retiree not in gardees:
            supprimer_en_signant(objet=retiree, version=None, par=par, via=via)
    _ranger(gardees, par, via)
    connues = {r.action_id for r in gardees}
    neuves = [action for action in actions if action.pk not in connues]
    for rang, action in enumerate(neuves, start=len(gardees) + 1):
        creer(ActionEnAvant(bilan=bilan, action=action, rang=rang), par=par, via=via)
    marquer(volet, par=par, via=via)
    return volet


@transaction.atomic
def deplacer_action(
    *, bilan: Bilan, racontee: ActionEnAvant, vers: str, par: Any, via: str = "page"
) -> None:
    """Monte (`vers` = « monter ») ou descend l’action parmi celles de son volet."""
    exiger_ecriture(bilan, par)
    axe = racontee.action.axe
    volet = verrouiller(_pour_ecrire(bilan, axe, par, via), version=None)
    rangees = actions_racontees(bilan, axe)
    if echanger(rangees, rangees.index(racontee), vers):
        _ranger(rangees, par, via)
        marquer(volet, par=par, via=via)


def echanger(suite: list[Any], place: int, vers: str) -> bool:
    """Échange avec le voisin du dessus ou du dessous ; faux s’il n’y en a pas."""
    autre = place - 1 if vers == "monter" else place + 1
    if not 0 <= autre < len(suite):
        return False
    suite[place], suite[autre] = suite[autre], suite[place]
    return True


def _ranger(racontees: Sequence[ActionEnAvant], par: Any, via: str) -> None:
    for rang, racontee in enumerate(racontees, start=1):
        enregistrer(racontee, valeurs={"rang": rang}, version=None, par=par, via=via)


def _pour_ecrire(bilan: Bilan, axe: Axe | None, par: Any, via: str) -> VoletBilan:
    """La ligne du volet ; le bilan est verrouillé, donc personne d’autre ne la crée."""
    if axe and axe.contrat_id != bilan.contrat_id:
        raise DonneesRefusees("Ce volet n’est pas dans ce contrat.")
    volet = volet_lu(bilan, axe)
    return creer(volet, par=par, via=via) if volet.est_neuf else volet


def _verifier_le_choix(bilan: Bilan, axe: Axe | None, actions: Sequence[Action]) -> None:
    permises = {action.pk for action in actions_a_choisir(bilan, axe)}
    message = ""
    if len(actions) > ACTIONS_RACONTEES:
        message = TROP_D_ACTIONS
    elif any(action.pk not in permises for action in actions):
        message = "Une de ces actions n’est plus publique dans ce volet. Choisissez de nouveau."
    if message:
        raise DonneesRefusees(message, champs={"actions": [message]})
