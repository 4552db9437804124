// L’éditeur du bilan : la barre de mise en forme et l’enregistrement automatique.
//
// Ce qui est tapé est gardé sur l’appareil jusqu’à ce que le serveur l’ait. Sans ce fichier, le
// bouton « Enregistrer » fait la même chose.

const PAUSE_S = 1.5;
const PREMIER_ESSAI_S = 5;
const ESSAI_LE_PLUS_RARE_S = 60;

// ---- Barre ; « annuler » du navigateur la comprend ----

function ecrire(zone, texte) {
  zone.focus();
  document.execCommand("insertText", false, texte);
}

function entourer(zone, avant, apres, defaut) {
  const debut = zone.selectionStart;
  const choisi = zone.value.slice(debut, zone.selectionEnd).trim() || defaut;
  ecrire(zone, avant + choisi + apres);
  return [debut + avant.length, debut + avant.length + choisi.length];
}

function enTete(zone, marque) {
  const debut = zone.value.lastIndexOf("\n", zone.selectionStart - 1) + 1;
  const suite = zone.value.indexOf("\n", zone.selectionEnd);
  zone.setSelectionRange(debut, suite < 0 ? zone.value.length : suite);
  const lignes = zone.value.slice(debut, zone.selectionEnd).split("\n");
  ecrire(zone, lignes.map((l) => (l.startsWith(marque) ? l.slice(marque.length) : marque + l)).join("\n"));
}

function marquer(zone, marque) {
  if (marque.endsWith(" ")) return enTete(zone, marque);
  if (marque === "[") {
    const [, fin] = entourer(zone, "[", "](https://)", "texte du lien");
    return zone.setSelectionRange(fin + 2, fin + 10);
  }
  return zone.setSelectionRange(...entourer(zone, marque, marque, "mot"));
}

let derniere = null;

for (const barre of document.querySelectorAll("[data-cls-barre]")) {
  barre.hidden = false;
  barre.addEventListener("mousedown", (evenement) => evenement.preventDefault());
  barre.addEventListener("click", ({ target }) => {
    const marque = target.closest("[data-cls-marque]")?.dataset.clsMarque;
    const zone = derniere ?? document.getElementById(barre.dataset.clsBarre);
    if (marque) marquer(zone, marque);
  });
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-cls-zone]")) derniere = target;
});

document.addEventListener("keydown", (evenement) => {
  const marque = { b: "**", i: "*", k: "[" }[evenement.key.toLowerCase()];
  if (!marque || !(evenement.ctrlKey || evenement.metaKey) || evenement.altKey || evenement.shiftKey) return;
  if (!evenement.target.matches("[data-cls-zone]")) return;
  evenement.preventDefault();
  marquer(evenement.target, marque);
});

// ---- Brouillon gardé sur l’appareil ----

const cleDe = (adresse) => `cls:brouillon:${adresse}`;

function garde(cle, valeur) {
  try {
    if (valeur === undefined) return JSON.parse(localStorage.getItem(cle));
    if (valeur) localStorage.setItem(cle, JSON.stringify(valeur));
    else localStorage.removeItem(cle);
  } catch {
    // Rangement refusé : le serveur seul garde
  }
  return null;
}

// Dans la page des deux versions, le brouillon reste jusqu’au choix.
for (const { dataset } of document.querySelectorAll("form[data-cls-oublie]")) {
  const cle = cleDe(dataset.clsOublie);
  garde(cle, { ...garde(cle), envoye: "" });
}
function oublier({ target, type }) {
  const choix = target.closest("[data-cls-oublie]");
  if (choix && (type === "submit" || choix.href)) garde(cleDe(choix.dataset.clsOublie), null);
}
document.addEventListener("submit", oublier);
document.addEventListener("click", oublier);

// ---- Enregistrement automatique ----

function suivre(formulaire) {
  const etat = formulaire.querySelector("[data-cls-etat]");
  const cle = cleDe(formulaire.getAttribute("action"));
  let minuterie;
  let enRoute = false;
  let attente = 0;
  let clos = false;
  const lu = () => Object.fromEntries([...new FormData(formulaire)].filter(([nom]) => nom !== "csrfmiddlewaretoken"));
  const sansVersion = (champs) => JSON.stringify({ ...champs, version: "" });
  const ecrit = () => sansVersion(lu());
  let connu = ecrit();

  function dire(texte, ton = "") {
    etat.textContent = texte;
    etat.dataset.ton = ton;
  }

  function plusTard(secondes) {
    clearTimeout(minuterie);
    minuterie = setTimeout(envoyer, secondes * 1000, {});
  }

  function rater(texte) {
    attente = Math.min(attente * 2 || PREMIER_ESSAI_S, ESSAI_LE_PLUS_RARE_S);
    dire(`${texte} Votre texte est gardé sur cet appareil. Nouvel essai dans ${attente} s.`, "attention");
    plusTard(attente);
  }

  async function envoyer(options) {
    clearTimeout(minuterie);
    const parti = ecrit();
    if (clos || enRoute || parti === connu) return;
    enRoute = true;
    try {
      const reponse = await fetch(formulaire.action, {
        method: "POST", body: new FormData(formulaire), headers: { "X-CLS-Auto": "1" }, ...options,
      });
      if (!reponse.headers.get("Content-Type")?.includes("json")) {
        rater(reponse.redirected ? "Session finie : reconnectez-vous dans un autre onglet." : "Le service ne répond pas.");
        return;
      }
      recevoir(reponse.status, await reponse.json(), parti);
    } catch {
      rater(navigator.onLine ? "Pas encore enregistré." : "Vous êtes hors connexion.");
    } finally {
      enRoute = false;
      if (!attente && ecrit() !== parti) plusTard(PAUSE_S);
    }
  }

  function recevoir(statut, { message, version, conflit }, parti) {
    attente = 0;
    if (statut === 200) {
      connu = parti;
      formulaire.elements.version.value = version;
      garde(cle, ecrit() !== parti && lu());
      dire(`${message}.`, "succes");
      document.body.dispatchEvent(new CustomEvent("cls:enregistre"));
      return;
    }
    clos = Boolean(conflit);
    dire(conflit ? `${message} Pressez «\u00a0Enregistrer\u00a0» pour comparer les deux textes.` : `Pas enregistré. ${message}`, "danger");
    if (!conflit) connu = parti;
  }

  function reprendre() {
    const { envoye, ...brouillon } = garde(cle) ?? {};
    if (!brouillon.version || formulaire.querySelector("[aria-invalid=true]")) return;
    if (sansVersion(brouillon) === connu || (envoye && formulaire.elements.version.value > Number(brouillon.version))) {
      garde(cle, null);
      return;
    }
    for (const [nom, valeur] of Object.entries(brouillon)) {
      if (formulaire.elements[nom]) formulaire.elements[nom].value = valeur;
    }
    dire("Votre brouillon gardé sur cet appareil est repris.", "attention");
    plusTard(PAUSE_S);
  }

  formulaire.addEventListener("input", () => {
    garde(cle, lu());
    if (clos) return;
    dire("Pas encore enregistré.");
    plusTard(attente || PAUSE_S);
  });
  formulaire.addEventListener("submit", () => {
    garde(cle, ecrit() !== connu && { ...lu(), envoye: "oui" });
    clos = true;
    connu = ecrit();
  });
  window.addEventListener("online", () => envoyer({}));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) envoyer({ keepalive: true });
  });
  reprendre();
}

for (const formulaire of document.querySelectorAll("form[data-cls-ecrire]")) suivre(formulaire);

// ---- Aperçu ----

const cadre = document.querySelector("[data-cls-apercu]");
if (cadre) {
  document.body.addEventListener("cls:enregistre", () => {
    const haut = cadre.contentWindow.scrollY;
    cadre.addEventListener("load", () => cadre.contentWindow.scrollTo(0, haut), { once: true });
    cadre.contentWindow.location.reload();
  });
}
