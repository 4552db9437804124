// Grille de saisie. Sans ce fichier, c’est un formulaire : un bouton enregistre toutes les cases.
//
// Une case s’enregistre quand on la quitte ; les envois se suivent, un à la fois, et portent ce qui
// s’est accumulé. Flèches, Entrée et Tab se déplacent, Échap rend la valeur, Ctrl+Z annule la
// dernière saisie. Un bloc collé part en une fois. Rien de ce qui est tapé ne se perd : ni un refus,
// ni une coupure n’efface une case.

const PREMIER_ESSAI_S = 5;
const ESSAI_LE_PLUS_RARE_S = 60;

const aEnvoyer = new Map();
const annulables = [];
let enVol = false;
let partis = new Map();
let essaiDans = 0;
let minuterie = 0;

const formulaire = () => document.querySelector("form[data-cls-grille]");
const caseDe = (cle) => document.getElementById(`s-${cle}`);
const cleDe = (element) => element.id.slice(2);
const estCase = (element) => element?.matches?.("form[data-cls-grille] .case-valeur");
const estChangee = (saisie) => saisie.value.trim() !== saisie.defaultValue.trim();

function annoncer(texte) {
  document.dispatchEvent(new CustomEvent("cls:annonce", { detail: texte }));
}

// ---- Envoyer ----

/** Met ces cases, [[clé, texte], …], au prochain envoi. */
function garder(cases, options = {}) {
  for (const [cle, texte] of cases) aEnvoyer.set(cle, texte);
  if (enVol) {
    aEnvoyer.options = { ...aEnvoyer.options, ...options };
    return;
  }
  envoyer({ ...aEnvoyer.options, ...options });
}

function nomDe(cle) {
  return caseDe(cle)?.name ?? `c.${cle}:0`;
}

function corpsDe(cases, options) {
  const corps = new FormData();
  for (const champ of formulaire().querySelectorAll("input[type=hidden]")) corps.set(champ.name, champ.value);
  for (const refusee of formulaire().querySelectorAll(".case-valeur[aria-invalid]")) {
    if (!cases.has(cleDe(refusee))) corps.set(refusee.name, refusee.value);
  }
  for (const [cle, texte] of cases) corps.set(nomDe(cle), texte);
  if (options.hors) {
    corps.set("collage", "1");
    corps.set("hors", JSON.stringify(options.hors));
  }
  return corps;
}

async function envoyer(options) {
  const cases = new Map(aEnvoyer);
  if (!formulaire() || (!cases.size && !options.hors?.length)) return;
  aEnvoyer.clear();
  aEnvoyer.options = {};
  enVol = true;
  partis = cases;
  window.clearTimeout(minuterie);
  try {
    const reponse = await fetch(formulaire().action, {
      method: "POST",
      body: corpsDe(cases, options),
      headers: { "HX-Request": "true", "HX-Current-URL": window.location.href },
    });
    if (reponse.status >= 500) throw new Error(reponse.status);
    recevoir(await reponse.text(), cases, options);
    essaiDans = 0;
  } catch {
    reessayer(cases, options);
  }
  enVol = false;
  partis = new Map();
  if (aEnvoyer.size && !essaiDans) envoyer(aEnvoyer.options ?? {});
}

/** Une coupure : ce qui est tapé reste, et l’on réessaie de plus en plus rarement. */
function reessayer(cases, options) {
  for (const [cle, texte] of cases) if (!aEnvoyer.has(cle)) aEnvoyer.set(cle, texte);
  aEnvoyer.options = options;
  essaiDans = Math.min(essaiDans ? essaiDans * 2 : PREMIER_ESSAI_S, ESSAI_LE_PLUS_RARE_S);
  dire(`Pas encore enregistré. Nouvel essai dans ${essaiDans}\u00a0s.`);
  minuterie = window.setTimeout(() => envoyer(aEnvoyer.options), essaiDans * 1000);
}

function dire(texte) {
  const etat = document.querySelector("#saisie-etat .valide");
  etat.textContent = texte;
  etat.classList.add("t-attention");
  annoncer(texte);
}

// ---- Recevoir ----

function recevoir(html, cases, options) {
  const boite = document.createElement("template");
  boite.innerHTML = html;
  const etat = boite.content.getElementById("saisie-etat");
  if (!etat) {
    dire("Votre saisie n’est pas enregistrée : ouvrez la page dans un autre onglet pour vous reconnecter.");
    return;
  }
  noterDeQuoiAnnuler(etat, options);
  remplacer("saisie-etat", etat);
  remplacer("saisie-avis", boite.content.getElementById("saisie-avis"));
  verifier(boite.content);
  for (const neuve of boite.content.querySelectorAll("td[id]")) poser(neuve, cases);
  const erreurs = document.getElementById("saisie-erreurs");
  const fait = document.getElementById("saisie-collage") ?? document.querySelector("#saisie-etat .valide");
  annoncer((erreurs ?? fait).textContent.trim());
}

function remplacer(identifiant, neuf) {
  if (neuf) document.getElementById(identifiant)?.replaceWith(neuf);
}

/** Les remarques des lignes touchées prennent la place des leurs. */
function verifier(recu) {
  const liste = document.querySelector("#saisie-verifier ul");
  if (!liste) return;
  for (const ligne of recu.querySelectorAll("tr[id]")) {
    for (const dite of liste.querySelectorAll(`[data-ligne="${ligne.id}"]`)) dite.remove();
  }
  liste.append(...recu.querySelectorAll("#saisie-verifier li"));
  const boite = document.getElementById("saisie-verifier");
  boite.hidden = !liste.children.length;
  boite.querySelector("b").textContent = liste.children.length;
}

/** Pose une case reçue, sauf si l’on a continué d’y taper : seule sa version est alors reprise. */
function poser(neuve, cases) {
  const ancienne = document.getElementById(neuve.id);
  if (!ancienne) return;
  const saisie = ancienne.querySelector("input");
  const envoye = saisie && cases.get(cleDe(saisie));
  const continuee = saisie && estChangee(saisie) && saisie.value !== envoye;
  if (continuee && neuve.querySelector("input")) {
    saisie.name = neuve.querySelector("input").name;
    return;
  }
  const active = saisie && saisie === document.activeElement;
  // Retirer la case active la quitte : elle ne doit pas repartir
  if (saisie) saisie.defaultValue = saisie.value;
  ancienne.replaceWith(neuve);
  if (active) neuve.querySelector("input")?.focus();
}

// ---- Annuler ----

function noterDeQuoiAnnuler(etat, options) {
  const geste = etat.querySelector("[data-cls-annuler]");
  if (geste && !options.annule) {
    const cases = JSON.parse(geste.querySelector("[name=cases]").value);
    annulables.push(cases.map(([nom, avant]) => [nom.slice(2).split(":")[0], avant]));
  }
  if (geste && !annulables.length) geste.remove();
}

function annuler() {
  const cases = annulables.pop();
  if (!cases) return;
  for (const [cle, avant] of cases) if (caseDe(cle)) caseDe(cle).value = avant;
  garder(cases, { annule: true });
}

// ---- Coller ----

/** Le texte d’un tableur : tabulations, retours, guillemets autour de ce qui en contient. */
function lireBloc(texte) {
  const lignes = [[""]];
  let cite = false;
  for (let i = 0; i < texte.length; i += 1) {
    const signe = texte[i];
    const ligne = lignes.at(-1);
    if (signe === '"' && cite && texte[i + 1] === '"') { ligne[ligne.length - 1] += '"'; i += 1; }
    else if (signe === '"' && (cite || ligne.at(-1) === "")) cite = !cite;
    else if (signe === "\t" && !cite) ligne.push("");
    else if (signe === "\n" && !cite) lignes.push([""]);
    else if (signe !== "\r") ligne[ligne.length - 1] += signe;
  }
  while (lignes.length && lignes.at(-1).every((t) => !t)) lignes.pop();
  return lignes;
}

function rangees() {
  const toutes = [...formulaire().querySelectorAll("tbody tr")];
  return toutes.map((ligne) => [...ligne.querySelectorAll("td[id^=k-]")].filter((c) => c.offsetParent))
    .filter((cases) => cases.length);
}

function lieuDe(saisie) {
  const lignes = rangees();
  const rang = lignes.findIndex((cases) => cases.includes(saisie.closest("td")));
  return { lignes, rang, colonne: lignes[rang].indexOf(saisie.closest("td")) };
}

function coller(saisie, bloc) {
  const { lignes, rang, colonne } = lieuDe(saisie);
  const cases = [];
  const hors = [];
  bloc.forEach((textes, l) => textes.forEach((texte, c) => {
    if (!texte.trim()) return;
    const cible = lignes[rang + l]?.[colonne + c];
    if (!cible) {
      hors.push([`Ligne ${l + 1}, colonne ${c + 1} du bloc`, texte]);
      return;
    }
    const champ = cible.querySelector("input");
    if (champ) champ.value = texte.trim();
    cases.push([cleDe(cible), texte]);
  }));
  garder(cases, { hors });
}

document.addEventListener("paste", (evenement) => {
  if (!estCase(evenement.target)) return;
  const bloc = lireBloc(evenement.clipboardData.getData("text/plain"));
  if (bloc.length < 2 && (bloc[0]?.length ?? 0) < 2) return;
  evenement.preventDefault();
  coller(evenement.target, bloc);
});

// ---- Se déplacer ----

function aller(saisie, dl, dc) {
  const { lignes, rang, colonne } = lieuDe(saisie);
  let [l, c] = [rang + dl, colonne + dc];
  while (lignes[l]?.[c]) {
    const cible = lignes[l][c].querySelector("input");
    if (cible) {
      cible.focus();
      return true;
    }
    [l, c] = [l + dl, c + dc];
  }
  return false;
}

/** À gauche et à droite, on ne quitte la case qu’au bord du texte, ou s’il est tout choisi. */
function auBord(saisie, sens) {
  const { selectionStart: debut, selectionEnd: fin, value } = saisie;
  if (debut === 0 && fin === value.length) return true;
  return debut === fin && debut === (sens < 0 ? 0 : value.length);
}

const FLECHES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function rendre(saisie) {
  const refusee = saisie.hasAttribute("aria-invalid");
  saisie.value = refusee ? saisie.dataset.avant : saisie.defaultValue;
  saisie.select();
  if (refusee) garder([[cleDe(saisie), saisie.value]]);
}

document.addEventListener("keydown", (evenement) => {
  const saisie = evenement.target;
  if (!estCase(saisie) || evenement.isComposing || evenement.altKey) return;
  const touche = evenement.key;
  if ((evenement.ctrlKey || evenement.metaKey) && touche.toLowerCase() === "z" && !estChangee(saisie)) {
    evenement.preventDefault();
    annuler();
    return;
  }
  if (evenement.ctrlKey || evenement.metaKey) return;
  if (touche === "Escape") {
    evenement.preventDefault();
    rendre(saisie);
  } else if (touche === "Enter") {
    evenement.preventDefault();
    if (!aller(saisie, evenement.shiftKey ? -1 : 1, 0)) quitter(saisie);
  } else if (FLECHES[touche] && !evenement.shiftKey) {
    const [dl, dc] = FLECHES[touche];
    if (dc && !auBord(saisie, dc)) return;
    if (aller(saisie, dl, dc)) evenement.preventDefault();
  }
});

/** Ce qui est déjà parti, tel quel, ne repart pas. */
function quitter(saisie) {
  if (!estChangee(saisie) || partis.get(cleDe(saisie))?.trim() === saisie.value.trim()) return;
  saisie.closest("td").classList.remove("dessus");
  garder([[cleDe(saisie), saisie.value]]);
}

document.addEventListener("focusout", (evenement) => {
  if (estCase(evenement.target)) quitter(evenement.target);
});

document.addEventListener("focusin", (evenement) => {
  const saisie = evenement.target;
  if (!estCase(saisie)) return;
  saisie.select();
  nommer(saisie);
});

/** Sous la grille : la case où l’on est, et le chemin vers tout ce qu’elle peut dire. */
function nommer(saisie) {
  const barre = formulaire().querySelector("[data-cls-case-active]");
  const [hexa, annee] = cleDe(saisie).split(".");
  const uuid = hexa.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const nom = document.getElementById(`l-${hexa}`).textContent;
  barre.querySelector("span").textContent = `${nom}, ${annee}`;
  barre.querySelector("a").href = barre.dataset.clsCaseActive.replace(/[0-9a-f-]{36}/, uuid).replace("/1990/", `/${annee}/`);
  barre.hidden = false;
}

document.addEventListener("submit", (evenement) => {
  if (evenement.target.matches("[data-cls-annuler]") && annulables.length) {
    evenement.preventDefault();
    annuler();
  } else if (evenement.target.matches("form[data-cls-grille]")) {
    evenement.preventDefault();
    remplacerPar(evenement.submitter);
  }
}, true);

/** « Remplacer par 120 » : la case prend la proposition, et le focus y va. */
function remplacerPar(bouton) {
  if (bouton?.name !== "remplacer") return;
  const [nom, texte] = bouton.value.split("=");
  const cle = nom.slice(2).split(":")[0];
  caseDe(cle).value = texte;
  caseDe(cle).focus();
  garder([[cle, texte]]);
}

document.querySelector("form[data-cls-grille]")?.classList.add("vive");
document.addEventListener("htmx:afterSettle", () => formulaire()?.classList.add("vive"));
window.addEventListener("online", () => { if (aEnvoyer.size && !enVol) envoyer(aEnvoyer.options ?? {}); });
window.addEventListener("beforeunload", (evenement) => {
  if (aEnvoyer.size || enVol) evenement.preventDefault();
});
