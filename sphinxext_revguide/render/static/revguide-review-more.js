/* What only reviewers need: keys, names, files of one's own and of colleagues. Begun by revguide-review.js. */
(() => {
"use strict";
const R = window.revguideReview, { BOOK, OLD, NAME, SPACE, records, tellers, keyOf, said, stored, take, put, now, before, reviewed, note, undo, of, tell } = R;
const { all, part, fill, headOf } = window.revguide;
const KEYS = "revguide:2:keys", W = part(".rg-said").dataset;
const own = [...document.scripts].find(({ src }) => src.includes("revguide-review-more.js"));
document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: own.src.replace("-more.js", "-more.css") }));
const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* the bar says so */ } };
const el = (tag, properties, ...children) => {
	const node = Object.assign(document.createElement(tag), properties);
	node.append(...children);
	return node;
};
const name = () => R.name ?? plain(stored(NAME) ?? "");
const plain = (value) => value.replace(/[\s:;¶]+/g, " ").trim().slice(0, 60);  // as the command writes names
const rename = (value) => keep(NAME, R.name = plain(value));
const show = (dialog) => {
	dialog.onclose = () => dialog.remove();
	document.body.append(dialog);
	dialog.showModal();
	return dialog;
};

/* The marks of earlier releases were shared by all books of a project: each is moved once. */
const migrate = () => {
	try {
		const kept = JSON.parse(stored(OLD)) || {};
		for (const { dataset: { issue } } of R.cards) {
			const { decision = "", comment = "", digest = "" } = kept[issue] || {}, about = { issue, digest }, key = keyOf(about);
			if (!decision && !comment) continue;
			take(key);
			if (!records.has(key)) records.set(key, { version: 2, ...about, decision, comment, past: [], time: 0 });
			put(key);
			if (stored(key)) delete kept[issue];
		}
		if (stored(OLD)) localStorage.setItem(OLD, JSON.stringify(kept));
	} catch { /* not ours */ }
};

/* A guide that is renumbered keeps its marks: they follow the content of their cards. */
const contentOf = ({ issue, digest }) => `${issue.replace(/-?[^-]*$/, "")}:${digest}`;
const places = new Set(R.cards.map(({ dataset }) => keyOf(of(dataset))));
const contents = new Map(R.cards.map((card) => [contentOf(card.dataset), card]));
const movedTo = (one) => one.issue && !places.has(keyOf(of(one))) && contents.get(contentOf(one));
const renumber = () => {
	for (const [key, one] of [...records]) {
		const card = said(one) && movedTo(one), there = card && now(card.dataset);
		if (!card || said(there) || there?.time > one.time) continue;
		const moved = { ...one, ...of(card.dataset) }, place = keyOf(moved);
		records.set(place, moved);
		put(place);
		if (stored(place) !== JSON.stringify(moved)) continue;  // the storage is full
		records.delete(key);
		try { localStorage.removeItem(key); } catch { /* it is read again, and moved again */ }
	}
};

/* Why a card is asked again: what of it reads otherwise than it did when it was decided on. */
const PARTS = { title: "h1,h2,h3,h4", problem: ".revguide-problem", before: ".revguide-before .revguide-quoted", after: ".revguide-after .revguide-quoted", why: ".revguide-why" };
const hash = (text) => [...text.replace(/\s+/g, " ").trim()].reduce((sum, char) => (sum * 33 + char.codePointAt(0)) % 4294967291, 5381).toString(36);
/* What stands below a label of a card, and the label. */
const section = (head) => {
	const found = [head];
	for (let next = head; /^H\d$/.test(head.tagName) && (next = next.nextElementSibling) && !next.matches("[class^=revguide-],.rg-review");) found.push(next);
	return found;
};
const parts = (card) => Object.fromEntries(Object.entries(PARTS).map(([part, selector]) =>
	[part, hash(part === "title" ? headOf(card)?.textContent || "" : all(selector, card).flatMap(section).map((one) => one.textContent).join("\n"))]));
const changed = (card, old) => {
	if (!old.parts) return "";
	const here = parts(card), other = Object.keys(PARTS).filter((part) => here[part] !== old.parts[part]);
	return (other.length ? other : ["facts"]).map((part) => W[part]).join(", ");
};

/* Colleagues: one entry a name, shown beside one's own and never mixed with it. */
const others = new Map();
const load = R.load = () => {
	try {
		for (const key of Object.keys(localStorage)) if (key.startsWith(`${SPACE}@`)) others.set(key.slice(SPACE.length + 1), JSON.parse(stored(key)));
	} catch { /* not ours */ }
};
const words = ({ decision, comment }) => [W[decision], comment && `“${comment}”`].filter(Boolean).join(", ");
function beside(card) {
	const box = card.querySelector(".rg-review"), about = card.dataset, { status = "open" } = about, list = el("ul", { className: "rg-others rg-small" });
	const line = (text, className = "") => list.append(el("li", { className }, text));
	const inGuide = (about.reviews || "").split("; ").map((one) => one.match(/^(.*?): (\w+)/)).filter(Boolean);
	return () => {
		const own = now(about), old = !own?.decision && before(about), why = old && changed(card, old);
		list.replaceChildren();
		if (why) line(fill(W.because, why));
		// The guide's status against one's own decision, once that was applied.
		const mine = own?.decision && inGuide.find(([, who]) => who === (name() || who));
		if (mine && mine[2] === own.decision && !W.fits.split(" ").includes(`${own.decision}:${status}`)) {
			const by = inGuide.filter(([, who, verdict]) => who !== mine[1] && verdict !== own.decision).map(([, who]) => who).join(", ");
			line(fill(by ? W.overruled : W.overruledByAuthor, W[`is${status.replace("-", "")}`], by), "rg-lost rg-i");
		}
		for (const [who, decisions] of others) {
			const one = decisions.find(({ issue, digest }) => issue === about.issue && digest === about.digest)
				|| decisions.find((any) => movedTo(any) === card) || decisions.find((any) => any.issue === about.issue && !movedTo(any));
			if (said(one)) line(`${who}: ${words(one)}${one.digest === about.digest ? "" : ` (${W.stale})`}`);
		}
		if (list.childElementCount) box.append(list);
		else list.remove();
	};
}

/* A file: of one's own it is merged by time, of a colleague's kept apart. */
const adopt = ({ decision = "", comment, date, ...about }) => {
	const { kind, docname, quote } = about;
	// A file has no keys: of the same words there is one comment.
	if (kind) about.key = kind === "f" ? `${SPACE}#f:${about.fingerprint}`
		: [...records.values()].find((one) => one.kind === "p" && one.docname === docname && one.quote.exact === quote.exact && one.quote.prefix === quote.prefix)?.key
			|| `${SPACE}#p:${JSON.stringify([docname, quote.exact, quote.prefix])}`;
	const key = keyOf(about), time = Date.parse(date) || 0;
	take(key);
	const ours = records.get(key);
	if (ours && (said(ours) ? ours.time >= time : ours.time > time)) return;
	records.set(key, { version: 2, ...about, decision, comment, past: ours ? [...ours.past, [ours.decision, ours.comment]] : [], time });
	put(key);
};
const accept = (who, entries) => {
	if (!who || who === name()) {
		entries.forEach(adopt);
		renumber();
	} else {
		others.set(who, entries);
		keep(`${SPACE}@${who}`, JSON.stringify(entries));
	}
};
const read = (text) => {
	const data = JSON.parse(text);
	if (data.format !== "revguide-review" || ![1, 2].includes(data.version)) throw new Error(W.none);
	if (data.book !== BOOK) throw new Error(fill(W.other, data.book));
	const texts = (one, ...keys) => Object.fromEntries(keys.map((key) => [key, String(one[key] ?? "")]));
	return [plain(String(data.reviewer ?? "")), [
		...data.decisions.map((one) => texts(one, "issue", "digest", "decision", "comment", "date")).filter(({ decision }) => /^(|accept|change|reject)$/.test(decision)),
		...(data.passages || []).map((one) => ({ kind: "p", ...texts(one, "docname", "comment", "date"), quote: texts(one.quote, "exact", "prefix", "suffix") })),
		...(data.findings || []).map((one) => ({ kind: "f", ...texts(one, "docname", "fingerprint", "date"), comment: String(one.reason) }))]];
};
const open = async (files, output) => {
	const lines = [];
	for (const file of files) {
		try {
			const [who, entries] = read(await file.text()), many = (kind) => entries.filter((one) => one.kind === kind).length;
			accept(who, entries);
			const { written, dismissed } = document.querySelector(".rg-review-bar output").dataset, own = !others.has(who);
			lines.push([fill(many() === 1 ? W.loadedOne : W.loaded, many(), who || name() || W.you),
				own && many("p") && fill(written, many("p")), own && many("f") && fill(dismissed, many("f"))].filter(Boolean).join(" · "));
		} catch (error) {
			lines.push(`${file.name}: ${error instanceof SyntaxError || error instanceof TypeError ? W.none : error.message}`);
		}
	}
	output.textContent = lines.join("\n");
	tell();
};

/* The file. */
const date = (time) => (time ? new Date(time).toISOString() : "");
const decisions = () => {
	const shown = new Map(R.cards.map(({ dataset }) => [dataset.issue, dataset.digest])), best = new Map();
	for (const one of records.values()) {
		const other = best.get(one.issue), fits = (any) => shown.get(any.issue) === any.digest;
		if (one.issue && said(one) && (!other || fits(one) || (!fits(other) && one.time > other.time))) best.set(one.issue, one);
	}
	const order = (a, b) => a.issue.localeCompare(b.issue, undefined, { numeric: true });
	return [...best.values()].sort(order).map(({ issue, digest, decision, comment, time }) => ({ issue, digest, decision, comment, date: date(time) }));
};
const kept = (kind, entry) => [...records.values()].filter((one) => one.kind === kind && one.comment).sort((a, b) => a.time - b.time).map(entry);
const download = () => {
	const text = JSON.stringify({ format: "revguide-review", version: 2, book: BOOK, reviewer: name(),
		saved: new Date().toISOString(), decisions: decisions(),
		passages: kept("p", ({ docname, quote, comment, time }) => ({ docname, quote, comment, date: date(time) })),
		findings: kept("f", ({ docname, fingerprint, comment, time }) => ({ docname, fingerprint, reason: comment, date: date(time) })) }, null, 2);
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
	link.download = "revguide-review.json";
	link.click();
	R.taken();
};
R.download = () => (R.name ?? stored(NAME)) === null ? R.ask(download) : download();

/* Dialogs. */
R.ask = (then) => {
	const dialog = show(part(".rg-ask")), input = dialog.querySelector("input");
	dialog.querySelector("form").onsubmit = ({ submitter }) => {
		if (!submitter.value) return;
		rename(input.value);
		then();
	};
};
R.options = () => {
	const dialog = show(part(".rg-options")), [who, file, keys] = all("input", dialog), [output, list] = all("output,ul", dialog);
	const fill = () => list.replaceChildren(...[...others.keys()].map((one) => el("li", {}, one, " ", el("button", { type: "button", className: "rg-button rg-plain", textContent: W.remove, ariaLabel: `${W.remove}: ${one}`, onclick() {
		others.delete(one);
		try { localStorage.removeItem(`${SPACE}@${one}`); } catch { /* nothing was kept */ }
		fill();
		tell();
	} }))));
	who.value = name();
	who.onchange = () => {
		rename(who.value);
		// A file of one's own may have been read before the name was known.
		const own = others.get(name());
		if (own) {
			own.forEach(adopt);
			renumber();
			others.delete(name());
			try { localStorage.removeItem(`${SPACE}@${name()}`); } catch { /* nothing was kept */ }
		}
		fill();
		tell();
	};
	file.onchange = async () => {
		await open(file.files, output);
		file.value = "";
		fill();
	};
	keys.checked = stored(KEYS) !== "off";
	keys.onchange = () => keep(KEYS, keys.checked ? "" : "off");
	fill();
};

/* From card to card. */
let gone, last;
const go = (card) => {
	gone = last = card;
	R.make(card);
	const head = headOf(card) || card;
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
	head.focus({ preventScroll: true });
};
const at = () => {
	const focused = document.activeElement, top = (card) => (headOf(card) || card).getBoundingClientRect().top;
	const found = R.cards.findIndex((card) => card.contains(focused) || headOf(card) === focused);
	if (found >= 0) return found;
	if (last && top(last) >= -9 && top(last) < innerHeight) return R.cards.indexOf(last);
	return R.cards.findLastIndex((card) => !card.hidden && top(card) < 160);
};
R.next = () => {
	const here = at(), rest = [...R.cards.slice(here + 1), ...R.cards.slice(0, here + 1)];
	const card = rest.find((one) => !reviewed(one) && !one.closest("[hidden]"));
	if (card) go(card);
};
for (const name of ["pointerdown", "wheel", "keydown"]) addEventListener(name, () => { gone = null; }, true);

/* Keys. Digits decide only on the card that has the focus. */
R.key = (key) => {
	if (key === "?") return R.options();
	const { cards } = R, focused = document.activeElement;
	const card = cards.find((one) => one.contains(focused) || headOf(one) === focused);
	if (key === "j" || key === "k") {
		const shown = cards.filter((one) => !one.closest("[hidden]")), here = at();
		const to = key === "j" ? shown.find((one) => cards.indexOf(one) > here) : shown.findLast((one) => cards.indexOf(one) < here);
		if (to) go(to);
	} else if (key === "u") {
		const last = card || cards.filter((one) => now(one.dataset)?.time).sort((a, b) => now(b.dataset).time - now(a.dataset).time)[0];
		if (!last) return;
		undo(of(last.dataset));
		if (!card) go(last);
	} else if (card && key === "c") {
		R.make(card);
		card.querySelector(".rg-review textarea").focus();
	} else if (card) note(card, { decision: ["accept", "change", "reject"][key - 1] });
};

migrate();
renumber();
load();
R.dress = (card) => {
	const first = tellers.get(card), more = beside(card);
	tellers.set(card, () => {
		first();
		more();
	});
};
for (const card of R.cards) if (tellers.has(card)) R.dress(card);

/* The table and the button that begins say what is decided; paper shows it on every card. */
const { rows, cardOf } = window.revguide, reviews = rows().map((row) => [(cardOf(row) || row).dataset, row.cells[1]]);
const say = ([about, cell]) => {
	const is = R.state(about);
	let word = cell.querySelector(".rg-yours");
	if (!word && is !== "none") cell.append(word = part(".rg-yours"));
	if (word) word.textContent = word.dataset[is] || "";
};
R.always.push(() => {
	const done = R.cards.filter(reviewed).length;
	for (const one of all(".rg-start")) one.textContent = one.dataset[done ? done < R.cards.length ? "go" : "done" : "none"];
	reviews.forEach(say);
	for (const card of R.cards) {
		const own = now(card.dataset);
		if (!own || own.parts) continue;
		own.parts = parts(card);
		put(keyOf(own));
	}
});
const paper = () => { for (const card of R.cards) if (said(now(card.dataset))) R.make(card); };
addEventListener("beforeprint", paper);
matchMedia("print").addEventListener("change", paper);

tell();
})();
