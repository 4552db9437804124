"""Services embarqués pour les tests : démarrés avant les réglages, rendus à la fin.

Chargé par `-p tests.plugin_services`. Seul le processus principal s'en occupe ; les processus de
pytest-xdist rejoignent les mêmes adresses. Rien ne démarre quand DATABASE_URL et REDIS_URL sont
données.
"""

import os
from contextlib import ExitStack

import pytest

from cls_platform.socle import services_locaux


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ or early_config.known_args_namespace.help:
        return
    # Une machine d'intégration est neuve et jetée ensuite : fsync n'y protège rien.
    jetable = os.environ.get("CI") == "true"
    pile = ExitStack()
    try:
        pile.enter_context(services_locaux.bail(jetable=jetable))
    except services_locaux.ErreurServices as erreur:
        pytest.exit(str(erreur), returncode=3)
    early_config.add_cleanup(pile.close)
