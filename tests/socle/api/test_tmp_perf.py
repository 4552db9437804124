import time, uuid, statistics, random
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import *
from contrats.models import *
from tests.appuis.api import outil
from django.test import RequestFactory
from contrats.api.viewsets import ActionViewSet
def test_perf(contrat, coordinatrice, agent_ars, client_de):
    rng=random.Random(1)
    base=ContratFactory.build(ars=contrat.ars)
    cs=[ContratFactory.build(ars=contrat.ars,signe=True,public=True,region_id=("53","76")[i%2]) for i in range(1000)]
    Contrat.objects.bulk_create(cs)
    ax=[Axe(contrat=c,numero="1",titre="Axe") for c in cs]; Axe.objects.bulk_create(ax)
    ac=[]
    for a in ax:
        for k in range(60):
            ac.append(ActionFactory.build(contrat=a.contrat,axe=a,ordre=k,numero=f"1.{k}",statut=rng.choice(["EN_COURS","A_VENIR","REALISEE","EN_PAUSE"]),contexte="x"*300,description="y"*500,pilote=contrat.ars))
    Action.objects.bulk_create(ac,batch_size=2000)
    T=Action.themes.through; T.objects.bulk_create([T(action_id=a.pk,theme_id=t) for a in ac for t in ("prevention","acces_soins")],batch_size=5000)
    ActionActeur.objects.bulk_create([ActionActeur(action=a,acteur=contrat.ars) for a in ac],batch_size=5000)
    Jalon.objects.bulk_create([Jalon(action=a,libelle="e",ordre=i) for a in ac for i in (1,2)],batch_size=5000)
    with connection.cursor() as c: c.execute("ANALYZE")
    for nom,cl in (("anonyme",Client()),("coordinatrice",client_de(coordinatrice)),("agent",client_de(agent_ars)),("jeton",outil(coordinatrice))):
        for f in ({"region":"53","statut":"EN_COURS","page":7},{"page":7},{"contrat":str(cs[3].pk)},{"recherche":"marche"},{"theme":"prevention","page":3}):
            f={**f,"page_size":100}
            ts=[]
            for _ in range(8):
                t=time.perf_counter(); r=cl.get("/api/v1/actions/",f); ts.append((time.perf_counter()-t)*1000)
            with CaptureQueriesContext(connection) as q: r=cl.get("/api/v1/actions/",f)
            d=r.json()
            print(nom,f,r.status_code,d["count"],len(d["results"]),len(r.content),"o","p50",round(statistics.median(ts),1),"ms",len(q),"req", [x["time"] for x in q])
    # serializer idiomatique avec prefetch
    rq=RequestFactory().get("/"); rq.user=coordinatrice
    v=ActionViewSet(action="list",detail=False,request=rq,format_kwarg=None,kwargs={})
    ids=[a.pk for a in ac[:100]]
    for _ in range(3):
        t=time.perf_counter(); l=v.plan.lire(Action.objects.all(),ids,v.lecteur); print("plan",round((time.perf_counter()-t)*1000,1))
        t=time.perf_counter(); l2=[v.corps(o) for o in v.plan.annoter(Action.objects.filter(pk__in=ids).select_related("pilote","pilote_personne"),v.lecteur)]; print("serializer N+1",round((time.perf_counter()-t)*1000,1))
