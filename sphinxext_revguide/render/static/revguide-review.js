/* The review of a guide: it stays in this browser, and leaves it as a file.
   Cards and rows are known by data-issue and data-digest, whatever they look like. */
(() => {
"use strict";
const script = document.currentScript, BOOK = script.dataset.book;
/* Where the book lies tells it from other versions, previews and books of one host. */
const ROOT = new URL("..", script.src).pathname, SPACE = `revguide:2:${JSON.stringify([BOOK, ROOT])}:`;
const OLD = `revguide:${BOOK}:review`, NAME = "revguide:2:name", STILL = { preventScroll: true };
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const fill = (text, ...values) => values.reduce((done, value) => done.replace("%s", value), text);
const part = (name) => document.querySelector(".rg-parts").content.querySelector(name).cloneNode(true);

/* 1 Records: one a card and one for each state of it, so that none is ever written over by a
   verdict on something else. Of two records of one state, the later counts. */
const records = new Map(), refused = new Set();
const keyOf = ({ issue, digest }) => `${SPACE}${issue}:${digest}`;
const said = (one) => Boolean(one && (one.decision || one.comment));
const parse = (text) => {
	try {
		const one = JSON.parse(text);
		return one.version === 2 && typeof one.issue === "string" && one.time >= 0 ? one : null;
	} catch { return null; }
};
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const put = (key) => {
	try {
		localStorage.setItem(key, JSON.stringify(records.get(key)));
		refused.delete(key);
	} catch { refused.add(key); }
};
/* Take a record from storage, unless ours is later; then storage gets ours again. */
const take = (key, text = stored(key)) => {
	const one = parse(text), ours = records.get(key);
	if (!one || text === JSON.stringify(ours)) return;
	if (!ours || one.time > ours.time || (one.time === ours.time && text > JSON.stringify(ours))) {
		records.set(key, one);
		refused.delete(key);
	} else put(key);
};
const takeAll = () => {
	try {
		for (const key of Object.keys(localStorage)) if (key.startsWith(SPACE)) take(key);
	} catch { /* refused, as the probe says */ }
};
let untaken = false;
const save = (about, change) => {
	const key = keyOf(about);
	take(key);  // another window may have written
	const was = records.get(key);
	records.set(key, { decision: "", comment: "", past: [], ...was, ...change(was || { decision: "", comment: "", past: [] }),
		version: 2, issue: about.issue, digest: about.digest, time: Math.max(Date.now(), (was?.time || 0) + 1) });
	untaken = true;
	[key, ...refused].forEach(put);
	tell();
};
/* The marks of earlier releases were shared by all books of a project: each is moved once. */
const migrate = (cards) => {
	try {
		const kept = JSON.parse(stored(OLD)) || {};
		for (const { dataset: { issue } } of cards) {
			const { decision = "", comment = "", digest = "" } = kept[issue] || {}, about = { issue, digest };
			if (!decision && !comment) continue;
			take(keyOf(about));
			if (!records.has(keyOf(about))) records.set(keyOf(about), { version: 2, ...about, decision, comment, past: [], time: 0 });
			put(keyOf(about));
			if (!refused.size) delete kept[issue];
		}
		if (stored(OLD) && !refused.size) localStorage.setItem(OLD, JSON.stringify(kept));
	} catch { /* not ours */ }
};
const probe = () => {
	try {
		localStorage.setItem(`${SPACE}?`, "");
		localStorage.removeItem(`${SPACE}?`);
	} catch { refused.add(`${SPACE}?`); }
};

/* 2 What is known of a card: its own record, and the last one of what it said before. */
const now = (about) => records.get(keyOf(about));
const before = ({ issue, digest }) => {
	let last;
	for (const one of records.values()) if (one.issue === issue && one.digest !== digest && said(one) && !(last?.time > one.time)) last = one;
	return last;
};
const state = (about) => {
	const one = now(about), old = one?.decision ? null : before(about);
	return one?.decision || (old?.decision && "stale") || (one?.comment && "comment") || (old && "stale") || "none";
};
const reviewed = (card) => Boolean(now(card.dataset)?.decision);

/* 3 Controls of a card. */
let cards = [], heads = new Map();
const tellers = new Map(), always = [];
const tell = () => {
	for (const one of tellers.values()) one();
	for (const one of always) one();
};
const undo = (card) => save(card.dataset, ({ past }) => {
	const [decision, comment] = past.at(-1) || ["", ""];
	return { decision, comment, past: past.slice(0, -1) };
});
const note = (card, change, joined) => save(card.dataset, ({ decision, comment, past }) =>
	({ ...change, past: joined ? past : [...past, [decision, comment]].slice(-20) }));
function controls(card) {
	const about = card.dataset, box = part(".rg-review"), title = heads.get(card)?.dataset.title || about.title || about.issue;
	const radios = all("[type=radio]", box), comment = box.querySelector("textarea"), [back, word] = all("button,.rg-state", box);
	const names = Object.fromEntries(radios.map((one) => [one.value, one.parentElement.textContent]));
	let typing = false;
	box.ariaLabel = `${box.querySelector("legend").textContent}: ${title}`;
	for (const one of radios) {
		one.name = `rg-${about.issue}`;
		one.onchange = () => note(card, { decision: one.value });
	}
	comment.oninput = () => {
		note(card, { comment: comment.value }, typing);
		typing = true;
	};
	comment.onblur = () => { typing = false; };
	back.onclick = () => {
		typing = false;
		undo(card);
		if (back.hidden) (heads.get(card) || radios[0]).focus(STILL);
	};
	tellers.set(card, () => {
		const one = now(about), is = state(about), old = is === "stale" && before(about);
		for (const radio of radios) radio.checked = radio.value === one?.decision;
		// Never under the reader's hands; what another window wrote comes once they rest.
		const value = one?.comment || "";
		if (comment.value !== value && !(typing && document.activeElement === comment)) comment.value = value;
		back.hidden = !said(one) && !one?.past.length;
		const quoted = old ? [names[old.decision], old.comment && `“${old.comment}”`].filter(Boolean).join(", ") : "";
		word.textContent = word.dataset[is] + (old ? ` (${quoted})` : "");
		word.classList.toggle("rg-lost", Boolean(old));
	});
	card.append(box);
	tellers.get(card)();
}

/* 4 The bar at the foot of the window. */
let gone;
const go = (card) => {
	gone = card;
	const head = heads.get(card) || card;
	for (let box = head.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
	// Cards above get their height when near, so the place is right only after some frames.
	let frames = 20;
	const settle = () => {
		if (gone !== card) return;
		head.scrollIntoView({ behavior: "instant" });
		if (frames--) requestAnimationFrame(settle);
	};
	settle();
	// The heading, not a control: Space and arrows are to scroll, and to decide nothing.
	head.tabIndex = -1;
	head.focus(STILL);
};
const at = () => {
	const focused = document.activeElement, top = (card) => (heads.get(card) || card).getBoundingClientRect().top;
	const found = cards.findIndex((card) => card.contains(focused) || heads.get(card) === focused);
	if (found >= 0) return found;
	if (last && top(last) >= -9 && top(last) < innerHeight) return cards.indexOf(last);
	return cards.findLastIndex((card) => top(card) < 160);
};
let last;
const next = () => {
	const here = at(), rest = [...cards.slice(here + 1), ...cards.slice(0, here + 1)];
	const card = rest.find((one) => !reviewed(one));
	if (card) go(last = card);
};
const decisions = () => {
	const shown = new Map(cards.map(({ dataset }) => [dataset.issue, dataset.digest])), best = new Map();
	for (const one of records.values()) {
		const other = best.get(one.issue), fits = (any) => shown.get(any.issue) === any.digest;
		if (said(one) && (!other || fits(one) || (!fits(other) && one.time > other.time))) best.set(one.issue, one);
	}
	const order = (a, b) => a.issue.localeCompare(b.issue, undefined, { numeric: true });
	return [...best.values()].sort(order).map(({ issue, digest, decision, comment, time }) =>
		({ issue, digest, decision, comment, date: time ? new Date(time).toISOString() : "" }));
};
const download = () => {
	const text = JSON.stringify({ format: "revguide-review", version: 2, book: BOOK, reviewer: stored(NAME) || "",
		saved: new Date().toISOString(), decisions: decisions() }, null, 2);
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
	link.download = "revguide-review.json";
	link.click();
	untaken = false;
};
function bar() {
	const box = part(".rg-review-bar"), [count, warning, onward, get] = box.children, starts = all(".rg-start");
	const rows = all("table [data-issue][data-digest]").map((about) => [about.dataset, about.appendChild(part(".rg-yours"))]);
	for (const one of [onward, ...starts]) one.onclick = (event) => {
		event.preventDefault();
		next();
	};
	get.onclick = download;
	always.push(() => {
		const done = cards.filter(reviewed).length, left = cards.length - done;
		count.textContent = fill(left ? count.dataset.left : count.dataset.done, done, cards.length);
		box.style.setProperty("--rg-done", `${100 * done / cards.length}%`);
		onward.hidden = !left;
		get.disabled = ![...records.values()].some(said);
		get.classList.toggle("rg-primary", !left);
		const { refused: told } = warning.dataset;
		if (warning.hidden !== !refused.size || !warning.textContent) warning.textContent = refused.size ? told : "";
		warning.hidden = !refused.size;
		for (const one of starts) one.textContent = one.dataset[done ? left ? "go" : "done" : "none"];
		for (const [about, word] of rows) word.textContent = word.dataset[state(about)] || "";
	});
	document.body.append(box);
	// What the bar would cover is scrolled clear of it, whoever scrolls.
	const room = () => document.documentElement.style.setProperty("--rg-room", `${box.offsetHeight + 24}px`);
	new ResizeObserver(room).observe(box);
}

function start() {
	cards = all("[data-issue][data-digest]").filter((one) => !one.closest("table"));
	if (!cards.length) return;
	let head = null;
	for (const one of all("h1,h2,h3,h4,h5,h6,[data-issue][data-digest]")) {
		if (cards.includes(one)) heads.set(one, head);
		else if (/^H/.test(one.tagName) && !one.closest("[data-issue]")) head = one;
	}
	probe();
	takeAll();
	migrate(cards);
	addEventListener("storage", ({ key, newValue }) => {
		if (!key?.startsWith(SPACE)) return;
		take(key, newValue);
		tell();
	});
	// A page that the browser had put to sleep heard of nothing.
	for (const name of ["pageshow", "focus"]) addEventListener(name, () => {
		takeAll();
		tell();
	});
	for (const name of ["pointerdown", "wheel", "keydown"]) addEventListener(name, () => { gone = null; }, true);
	addEventListener("beforeunload", (event) => { if (refused.size && untaken) event.preventDefault(); });
	bar();
	const rest = [...cards];
	const work = () => {
		rest.splice(0, 15).forEach(controls);
		if (rest.length) setTimeout(work);
	};
	work();
	tell();
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => setTimeout(start));
else setTimeout(start);
})();
