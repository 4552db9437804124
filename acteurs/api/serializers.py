from acteurs.models import Acteur, Commune, Departement, Epci, Region
from cls_platform.socle.api.champs import Serialiseur


class RegionSerializer(Serialiseur):
    """Une région, ou la collectivité d’outre-mer qui en tient lieu, par son code Insee."""

    class Meta:
        model = Region
        fields = ("code", "nom", "population", "date_fin")


class DepartementSerializer(Serialiseur):
    class Meta:
        model = Departement
        fields = ("code", "nom", "region", "population", "date_fin")


class EpciSerializer(Serialiseur):
    """Une intercommunalité à fiscalité propre ; `siren` l’identifie."""

    class Meta:
        model = Epci
        fields = ("siren", "nom", "nom_court", "nature", "population", "date_fin")


class CommuneSerializer(Serialiseur):
    """Une commune. Close, elle a une `date_fin` et, souvent, un `successeur`."""

    class Meta:
        model = Commune
        fields = (
            "code",
            "nom",
            "departement",
            "region",
            "epci",
            "codes_postaux",
            "population",
            "siren",
            "autres_codes",
            "autres_noms",
            "date_fin",
            "successeur",
        )


class ActeurSerializer(Serialiseur):
    """Une organisation : collectivité, agence, caisse, association, établissement…"""

    class Meta:
        model = Acteur
        fields = (
            "id",
            "nom",
            "nom_court",
            "type",
            "siren",
            "finess",
            "commune",
            "epci",
            "departement",
            "region",
            "site_web",
            "est_demonstration",
        )
