"""L’adresse d’un fichier statique : cherchée une fois."""

from cls_platform.socle.statiques import AdressesGardees


class Stockage:
    def __init__(self):
        self.cherchees = []

    def url(self, name, force=False):  # noqa: FBT002  (signature de Django)
        self.cherchees.append((name, force))
        return f"/static/{name}"


class StockageGarde(AdressesGardees, Stockage):
    pass


def test_une_adresse_ne_se_cherche_qu_une_fois():
    stockage = StockageGarde()
    assert {stockage.url("a.css") for _ in range(3)} == {"/static/a.css"}
    assert stockage.url("b.css") == "/static/b.css"
    assert stockage.cherchees == [("a.css", False), ("b.css", False)]
