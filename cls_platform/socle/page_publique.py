"""Une page du site public : la même pour tous, gardée par les relais, relue d’un 304."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

# Un relais la garde une minute, pas plus : un bilan retiré doit l’être vite
SECONDES = 60

Vue = Callable[..., HttpResponseBase]


def page_publique(vue: Vue) -> Vue:
    """Sans compte, en lecture seule, avec ETag et Cache-Control ; la même pour chaque lecteur."""

    @wraps(vue)
    def lue(request: HttpRequest, *args: Any, **cles: Any) -> HttpResponseBase:
        return relisible(request, vue(request, *args, **cles))

    return login_not_required(require_safe(lue))


def relisible(
    request: HttpRequest, reponse: HttpResponseBase, *, est_privee: bool = False
) -> HttpResponseBase:
    """304 si le lecteur a déjà cette page ; l’ETag est l’empreinte de ce qu’elle contient.

    `est_privee` : elle dit ce que cette personne seule peut lire, aucun relais ne la garde.
    """
    if not isinstance(reponse, HttpResponse) or reponse.status_code != 200:
        return reponse
    if not reponse.has_header("ETag"):
        reponse["ETag"] = f'"{hashlib.blake2b(reponse.content, digest_size=10).hexdigest()}"'
    if est_privee:
        patch_cache_control(reponse, private=True, no_cache=True)
    elif not reponse.has_header("Cache-Control"):
        patch_cache_control(
            reponse, public=True, max_age=0, s_maxage=SECONDES, must_revalidate=True
        )
    rendue = get_conditional_response(request, etag=reponse["ETag"], response=reponse)
    return rendue or reponse
