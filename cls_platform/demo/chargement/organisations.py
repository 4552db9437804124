"""Les organisations que citent les fichiers : trouvées si elles existent, créées sinon."""

from collections.abc import Mapping

from acteurs.models import Acteur, Commune, Epci
from cls_platform.socle.erreurs import ErreurMetier

LONGUEUR_NOM_COURT = 60


def organisation(description: Mapping[str, str]) -> Acteur:
    """Une collectivité ou une ARS réelle, ou une organisation inventée et marquée comme telle.

    Lève ErreurMetier si le territoire n’est pas dans la base.
    """
    match description:
        case {"ars": region}:
            trouvee = Acteur.objects.ars().filter(region=region).first()
            return trouvee or _introuvable(f"l’ARS de la région {region}")
        case {"epci": siren}:
            epci = Epci.objects.filter(pk=siren).first()
            return _de_epci(epci) if epci else _introuvable(f"l’intercommunalité {siren}")
        case {"commune": code}:
            commune = Commune.objects.filter(pk=code).first()
            return _de_commune(commune) if commune else _introuvable(f"la commune {code}")
    return Acteur.objects.get_or_create(
        nom=description["nom"],
        est_demonstration=True,
        defaults={"type_id": description["type"]},
    )[0]


def _de_epci(epci: Epci) -> Acteur:
    connue = Acteur.objects.filter(type="epci", epci=epci).first()
    return connue or Acteur.objects.create(
        type_id="epci",
        epci=epci,
        siren=epci.siren,
        nom=epci.nom,
        nom_court=epci.nom_court if len(epci.nom_court) <= LONGUEUR_NOM_COURT else "",
    )


def _de_commune(commune: Commune) -> Acteur:
    connue = Acteur.objects.filter(type="commune", commune=commune).first()
    return connue or Acteur.objects.create(
        type_id="commune", commune=commune, siren=commune.siren, nom=commune.nom
    )


def _introuvable(quoi: str) -> Acteur:
    raise ErreurMetier(
        f"Il manque {quoi} dans les territoires. Lancez « manage.py charger_territoires », puis "
        "recommencez."
    )
