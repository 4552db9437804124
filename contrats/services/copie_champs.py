"""Les champs propres à un contrat, quand ses fiches sont copiées dans un autre."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contrats.models import ChampLibre, Contrat, GenreChamp
from contrats.services.champs_libres import NOMBRE_MAX, creer_champ_libre

CHAMPS_DU_CHAMP = ("libelle", "genre", "choix", "aide")


@dataclass(slots=True)
class Correspondance:
    """`retrouves` : champ d’origine → champ du même nom et du même genre."""

    retrouves: dict[UUID, UUID] = field(default_factory=dict)
    a_creer: list[ChampLibre] = field(default_factory=list)
    laisses: list[ChampLibre] = field(default_factory=list)


def champs_correspondants(
    *, source: Contrat, contrat: Contrat, actions: Iterable[UUID]
) -> Correspondance:
    """Pour les champs remplis sur ces fiches ; dans le même contrat, chacun est le sien."""
    remplis = ChampLibre.objects.filter(
        contrat=source, est_actif=True, valeurs__action__in=list(actions)
    )
    remplis_une_fois = list(remplis.distinct().ranges())
    if source.pk == contrat.pk:
        return Correspondance({champ.pk: champ.pk for champ in remplis_une_fois})
    presents = {c.libelle.casefold(): c for c in contrat.champs_libres.all()}
    places = NOMBRE_MAX - len(presents)
    trouves = Correspondance()
    for champ in remplis_une_fois:
        pareil = presents.get(champ.libelle.casefold())
        if pareil is not None and _repond_au_meme(champ, pareil):
            trouves.retrouves[champ.pk] = pareil.pk
        elif pareil is None and len(trouves.a_creer) < places:
            trouves.a_creer.append(champ)
        else:
            trouves.laisses.append(champ)
    return trouves


def _repond_au_meme(champ: ChampLibre, autre: ChampLibre) -> bool:
    """Même genre, demandé, et toute valeur de l’un tient dans l’autre."""
    if champ.genre != autre.genre or not autre.est_actif:
        return False
    return champ.genre != GenreChamp.CHOIX or set(champ.choix) <= set(autre.choix)


def creer_les_champs(
    *, correspondance: Correspondance, contrat: Contrat, par: Any
) -> dict[UUID, UUID]:
    """Tous les champs où copier les valeurs, ceux qui manquaient créés."""
    champs = dict(correspondance.retrouves)
    for champ in correspondance.a_creer:
        valeurs = {nom: getattr(champ, nom) for nom in CHAMPS_DU_CHAMP}
        champs[champ.pk] = creer_champ_libre(contrat=contrat, valeurs=valeurs, par=par).pk
    return champs
