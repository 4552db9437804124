"""Une série coupée en traits continus : plein, pointillé, interrompu sur un trou."""

import itertools

from cls_platform.socle.svg.courbe import Point


def suites(points: tuple[Point, ...]) -> list[tuple[str, list[Point]]]:
    """(rôle, points) de chaque trait : « provisoire » dès qu'un bout l'est, « serie » sinon.

    Une année sans valeur interrompt le trait.
    """
    traits: list[tuple[str, list[Point]]] = []
    absents = {p.x for p in points if p.valeur is None}
    connus = sorted((p for p in points if p.valeur is not None), key=lambda p: p.x)
    for avant, apres in itertools.pairwise(connus):
        if any(avant.x < x < apres.x for x in absents):
            continue
        role = "provisoire" if avant.provisoire or apres.provisoire else "serie"
        if traits and traits[-1][0] == role and traits[-1][1][-1] is avant:
            traits[-1][1].append(apres)
        else:
            traits.append((role, [avant, apres]))
    return traits
