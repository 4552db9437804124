"""Un refus de la base nomme le champ en cause, comme à côté du champ de la page."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.forms.base import champ_de_la_contrainte


@contextmanager
def refus_par_champ(modele: type[Model]) -> Iterator[None]:
    """La phrase d’une contrainte de `modele` va au champ de la page ; les autres ne bougent pas."""
    try:
        yield
    except DonneesRefusees as refus:
        champs: dict[str, list[str]] = defaultdict(list)
        for nom, phrases in refus.champs.items():
            for phrase in phrases:
                champs[champ_de_la_contrainte(modele, phrase) or nom].append(phrase)
        raise DonneesRefusees(refus.message, champs=champs) from refus
