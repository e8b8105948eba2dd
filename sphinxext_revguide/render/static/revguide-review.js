/* A review stays in the browser until it is downloaded. */
(() => {
"use strict";
const script = document.currentScript, BOOK = script.dataset.book;
/* Its path tells a book from others on its host. */
const ROOT = new URL("..", script.src).pathname, SPACE = `revguide:2:${JSON.stringify([BOOK, ROOT])}:`;
const OLD = `revguide:${BOOK}:review`, NAME = "revguide:2:name", KEYS = "revguide:2:keys", STILL = { preventScroll: true };
const { all, fill, part, use, near, title, headOf, cardOf, FACETS } = window.revguide;

/* 1 A record for each state of a card; the latest counts. */
const records = new Map(), refused = new Set();
const keyOf = ({ key, issue, digest }) => key || `${SPACE}${issue}:${digest}`;
const said = (one) => Boolean(one && (one.decision || one.comment));
const parse = (text) => {
	try {
		const one = JSON.parse(text);
		return one.version === 2 && (one.issue || one.kind) && one.time >= 0 ? one : null;
	} catch { return null; }
};
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const put = (key) => {
	try {
		localStorage.setItem(key, JSON.stringify(records.get(key)));
		refused.delete(key);
	} catch { refused.add(key); }
};
const take = (key, text = stored(key)) => {
	const one = parse(text), ours = records.get(key);
	if (!one || text === JSON.stringify(ours)) return;
	if (!ours || one.time > ours.time || (one.time === ours.time && text > JSON.stringify(ours))) {
		records.set(key, one);
		refused.delete(key);
	} else if (text === stored(key)) put(key);  // not over something newer
};
const takeAll = () => {
	try {
		for (const key of Object.keys(localStorage)) {
			if (key.startsWith(`${SPACE}@`)) R.others = true;
			else if (key.startsWith(SPACE)) take(key);
		}
	} catch { }
};
let untaken = false;
const save = (about, change) => {
	const key = keyOf(about);
	take(key);  // another window may have written
	const was = { decision: "", comment: "", past: [], time: 0, ...records.get(key) };
	records.set(key, { ...was, ...about, ...change(was), version: 2, time: Math.max(Date.now(), was.time + 1) });
	untaken = true;
	[key, ...refused].forEach(put);
	more();
	tell();
};
const probe = () => {
	try {
		localStorage.setItem(`${SPACE}?`, "");
		localStorage.removeItem(`${SPACE}?`);
	} catch { refused.add(`${SPACE}?`); }
};

/* 2 The record of a card, and the last one of an earlier state. */
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
const MANY = 24;  // so many are dressed at once
let cards = [];
const tellers = new Map(), always = [];  // of cards with controls; of the page
const tell = () => {
	for (const one of tellers.values()) one();
	for (const one of always) one();
};
const of = ({ issue, digest }) => ({ issue, digest });
const undo = (about) => save(about, ({ past }) => {
	const [decision, comment] = past.at(-1) || ["", ""];
	return { decision, comment, past: past.slice(0, -1) };
});
const note = (card, change, joined) => save(of(card.dataset), ({ decision, comment, past }) =>
	({ ...change, past: joined ? past : [...past, [decision, comment]].slice(-20) }));
function controls(card) {
	const about = card.dataset, box = part(".rg-review");
	const radios = all("[type=radio]", box), comment = box.querySelector("textarea"), [back, word] = all("button,.rg-state", box);
	const names = Object.fromEntries(radios.map((one) => [one.value, one.parentElement.textContent]));
	let typing = false;
	box.ariaLabel = `${box.querySelector("legend").textContent}: ${title(card) || about.issue}`;
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
		undo(of(about));
		if (back.hidden) (headOf(card) || radios[0]).focus(STILL);
	};
	tellers.set(card, () => {
		const one = now(about), is = state(about), old = is === "stale" && before(about);
		for (const radio of radios) radio.checked = radio.value === one?.decision;
		// Never while somebody types.
		const value = one?.comment || "";
		if (comment.value !== value && !(typing && document.activeElement === comment)) comment.value = value;
		back.hidden = !said(one) && !one?.past.length;
		const quoted = old ? [names[old.decision], old.comment && `“${old.comment}”`].filter(Boolean).join(", ") : "";
		word.textContent = word.dataset[is] + (old ? ` (${quoted})` : "");
		word.classList.toggle("rg-lost", Boolean(old));
	});
	card.append(box);
}
const dress = (card) => {
	if (tellers.has(card)) return;
	controls(card);
	R.dress?.(card);
	tellers.get(card)();
};

/* 4 The rest loads when a review begins. */
const R = window.revguideReview = { BOOK, OLD, NAME, SPACE, records, tellers, keyOf, said, stored, take, put, now, before, state, reviewed, note, undo, of, save, tell, always, make: dress };
const more = (then, failed) => use("review-more", then, failed);
const shortcut = (event) => {
	if (!/^[jk123cu?]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || stored(KEYS) === "off") return;
	if (event.target.closest?.("input:not([type=radio]),textarea,select,[contenteditable],dialog")) return;
	event.preventDefault();
	more(() => R.key(event.key));
};

/* 5 The bar at the foot of the window. */
function bar() {
	const box = part(".rg-review-bar"), [count, warning, onward, get, options] = box.children, starts = all(".rg-start");
	const warn = (text) => {
		if (warning.textContent !== text) warning.textContent = text;
		warning.hidden = !text;
	};
	const failed = () => warn(warning.dataset.failed);
	for (const one of [onward, ...starts]) one.onclick = (event) => {
		event.preventDefault();
		more(() => R.next(), failed);
	};
	get.onclick = () => more(() => R.download(), failed);
	options.onclick = () => more(() => R.options(), failed);
	always.push(() => {
		const done = cards.filter(reviewed).length, left = cards.length - done;
		if (cards.length) count.textContent = fill(left || cards.length < 2 ? count.dataset.left : count.dataset.done, done, cards.length);
		box.style.setProperty("--rg-done", `${100 * done / cards.length || 0}%`);
		onward.hidden = !left;
		get.disabled = ![...records.values()].some(said);
		get.classList.toggle("rg-primary", !left);
		warn(refused.size ? warning.dataset.refused : "");
	});
	document.body.append(box);
	// In line with the cards: themes fix things beside them.
	const room = () => {
		const { left, right } = (cards.find((one) => !one.hidden) || document.querySelector(".revguide-flagged") || box).getBoundingClientRect();
		Object.assign(box.style, { paddingLeft: `${Math.max(12, left)}px`, paddingRight: `${Math.max(12, document.body.clientWidth - right)}px` });
		document.documentElement.style.setProperty("--rg-room", `${box.offsetHeight + 24}px`);
	};
	const resized = new ResizeObserver(room);
	for (const one of [box, document.body]) resized.observe(one);
}

function facet() {
	const form = document.querySelector(".rg-filter");
	if (!form) return;
	const label = part(".rg-facet"), select = label.querySelector("select");
	FACETS.review = (row, wanted) => reviewed(cardOf(row) || row) === (wanted === "done");
	form.querySelector(".rg-shown").before(label);
	select.value = new URLSearchParams(location.search).get("review") || "";
	if (select.value) form.oninput();
}

function start() {
	if (!document.querySelector(".rg-parts")?.content.querySelector(".rg-review-bar")) return;
	cards = all(".revguide-card");
	probe();
	takeAll();
	addEventListener("storage", ({ key, newValue }) => {
		if (!key?.startsWith(SPACE)) return;
		take(key, newValue);
		take(key);  // the event may be late
		R.load?.();
		tell();
	});
	for (const name of ["pageshow", "focus"]) addEventListener(name, () => {
		takeAll();
		tell();
	});
	addEventListener("keydown", shortcut);
	addEventListener("beforeunload", (event) => { if (refused.size && untaken) event.preventDefault(); });
	Object.assign(R, { cards, taken() { untaken = false; } });
	bar();
	facet();
	for (const card of cards) {
		if (cards.length > MANY) near(card, () => dress(card));
		else setTimeout(dress, 0, card);
	}
	if (records.size || stored(OLD) || R.others || !cards.length) more();
	tell();
	document.dispatchEvent(new Event("revguide-review"));
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => setTimeout(start));
else setTimeout(start);
})();
