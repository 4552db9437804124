"""Les adresses des fichiers statiques : cherchées une fois par processus.

Une page en écrit une trentaine ; le nom daté d’un fichier ne change qu’au déploiement.
"""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage


class AdressesGardees:
    """À mêler devant un stockage de fichiers statiques."""

    @cached_property
    def _adresses(self) -> dict[tuple[str | None, bool], str]:
        return {}

    def url(self: Any, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  (signature de Django)
        adresse = self._adresses.get((name, force))
        if adresse is None:
            adresse = self._adresses[name, force] = super().url(name, force)  # type: ignore[misc]  # du stockage mêlé
        return adresse


class StockageDate(AdressesGardees, ManifestStaticFilesStorage):
    """Noms datés par leur contenu."""


class StockageDateComprime(AdressesGardees, CompressedManifestStaticFilesStorage):
    """Noms datés, et fichiers déjà comprimés pour le serveur."""
