"""La même planche écrite d’un trait : des chaînes formatées, rien de plus."""

LARGEUR, HAUTEUR, PAS = 210, 104, 15


def planche(series: list[list[float]]) -> str:
    morceaux = []
    for rang, valeurs in enumerate(series):
        dx, dy = rang % 3 * 220, rang // 3 * 140
        haut = max(valeurs) or 1.0
        places = [
            (dx + an * PAS, dy + HAUTEUR - valeur / haut * HAUTEUR)
            for an, valeur in enumerate(valeurs)
        ]
        trait = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        points = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
        morceaux.append(
            f'<text x="{dx}" y="{dy}">Indicateur {rang}</text>'
            f'<path d="M{trait}" class="g-serie"/><path d="{points}" class="g-points"/>'
            f'<circle cx="{places[-1][0]:.1f}" cy="{places[-1][1]:.1f}" r="4" class="g-disque"/>'
            f'<text x="{places[-1][0]:.1f}" y="{places[-1][1]:.1f}">{valeurs[-1]:g}</text>'
        )
    return f'<svg viewBox="0 0 650 560">{"".join(morceaux)}</svg>'
