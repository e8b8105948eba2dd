/* Comments on the words of a chapter, and findings that a reviewer dismisses. The rest of the review is loaded with the first. */
(() => {
"use strict";
const script = document.currentScript, { book, docname } = script.dataset;
const SPACE = `revguide:2:${JSON.stringify([book, new URL("..", script.src).pathname])}:`;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const part = (name) => document.querySelector(".rg-parts").content.querySelector(name).cloneNode(true);
const beside = (name) => script.src.replace("revguide-passages.js", name);
let R, list, waiting = [];
const review = (then) => {
	if (R) return then();
	waiting.push(then);
	if (waiting.length > 1) return;
	document.addEventListener("revguide-review", () => {
		R = window.revguideReview;
		R.tellers.set("passages", show);
		waiting.splice(0).forEach((one) => one());
		R.tell();
	}, { once: true });
	const core = Object.assign(document.createElement("script"), { src: beside("revguide-review.js") });
	core.dataset.book = book;
	core.onerror = () => { waiting = []; };
	document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside("revguide-review.css") }), core);
};

/* The text of the page, blanks as one, with the place of each character: our own parts are not of it. */
const OURS = ".revguide-mark,.revguide-marks-bar,.rg-comments,.headerlink,script,style,template";
const page = () => {
	const root = document.querySelector(".revguide-mark").closest("article,[role=main],main,body"), chars = [], nodes = [], places = [];
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
		node.nodeType === 3 ? NodeFilter.FILTER_ACCEPT : node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) for (let place = 0; place < node.length; place++) {
		const char = /\s/.test(node.data[place]) ? " " : node.data[place];
		if (char === " " && (!chars.length || chars.at(-1) === " ")) continue;
		chars.push(char);
		nodes.push(node);
		places.push(place);
	}
	return { text: chars.join(""), nodes, places };
};
const range = ({ nodes, places }, [from, to]) => {
	const found = document.createRange();
	found.setStart(nodes[from], places[from]);
	found.setEnd(nodes[to - 1], places[to - 1] + 1);
	return found;
};
const AROUND = 32, LONGEST = 300, SAME = .6;
const quoted = ({ text, nodes, places }, chosen) => {
	let from = nodes.findIndex((node, at) => chosen.isPointInRange(node, places[at])), to = from;
	while (to < nodes.length && to - from < LONGEST && chosen.isPointInRange(nodes[to], places[to])) to++;
	if (chosen.endContainer === nodes[to - 1] && chosen.endOffset <= places[to - 1]) to--;
	while (text[from] === " ") from++;
	while (text[to - 1] === " ") to--;
	return from < 0 || to <= from ? null : { exact: text.slice(from, to), prefix: text.slice(Math.max(0, from - AROUND), from), suffix: text.slice(to, to + AROUND) };
};
/* Where quoted words are now: as they were, or with small edits; of several places the one among the same words. */
const find = ({ text }, { exact, prefix, suffix }) => {
	const near = (at) => {
		let before = 0, after = 0;
		while (before < prefix.length && prefix.at(-1 - before) === text[at - 1 - before]) before++;
		while (after < suffix.length && suffix[after] === text[at + exact.length + after]) after++;
		return before + after;
	};
	let best = -1;
	for (let at = text.indexOf(exact); at >= 0 && exact; at = text.indexOf(exact, at + 1)) if (best < 0 || near(at) > near(best)) best = at;
	if (best >= 0) return [best, best + exact.length];
	const words = (from) => [...from.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)], here = words(text), sought = words(exact).map(([word]) => word), size = sought.length;
	const left = new Map();
	for (const word of sought) left.set(word, (left.get(word) || 0) + 1);
	let same = 0, most = 0, start = 0;
	const move = (word, by) => {
		const rest = left.get(word);
		if (rest === undefined) return;
		same += by > 0 ? rest > 0 : -(rest >= 0);
		left.set(word, rest - by);
	};
	here.forEach(([word], at) => {
		move(word, 1);
		if (at >= size) move(here[at - size][0], -1);
		if (same > most) [most, start] = [same, Math.max(0, at - size + 1)];
	});
	if (size > 2 && most / size >= SAME) {
		const end = here[Math.min(start + size, here.length) - 1];
		return [here[start].index, end.index + end[0].length];
	}
	const from = text.indexOf(prefix), to = from < 0 || !prefix || !suffix ? -1 : text.indexOf(suffix, from + prefix.length);
	return to > from + prefix.length && to - from - prefix.length < 2 * exact.length + AROUND ? [from + prefix.length, to] : null;
};

/* What this reader wrote of the page. */
const mine = (kind) => [...R.records.values()].filter((one) => one.kind === kind && one.docname === docname);
const about = ({ key, kind, docname, quote, fingerprint }) => ({ key, kind, docname, ...(quote ? { quote } : { fingerprint }) });
const write = (one, comment, joined) => R.save(about(one), (was) => ({ comment, past: joined ? was.past : [...was.past, ["", was.comment]].slice(-20) }));
function field(one, label, hint) {
	const box = part(".rg-passage"), area = box.querySelector("textarea"), [undo] = all("button", box);
	let typing = false;
	box.querySelector("label").prepend(label);
	area.placeholder = hint;
	area.ariaLabel = `${label} ${one.quote ? `“${one.quote.exact.slice(0, 60)}”` : ""}`.trim();
	area.oninput = () => {
		write(one, area.value, typing);
		typing = true;
	};
	area.onblur = () => { typing = false; };
	undo.onclick = () => {
		typing = false;
		R.undo(about(one));
		area.focus();
	};
	box.fill = () => {
		const now = R.records.get(one.key);
		if (area.value !== (now?.comment || "") && !(typing && document.activeElement === area)) area.value = now?.comment || "";
		undo.hidden = !now?.past.length;
	};
	box.fill();
	return box;
}
const shown = new Map();
function show() {
	const words = part(".rg-passage-words").dataset, comments = mine("p").filter((one) => one.comment || one.past.length);
	if (comments.length && !list) {
		list = Object.assign(document.createElement("details"), { className: "rg-d rg-comments", open: true });
		list.append(Object.assign(document.createElement("summary"), { className: "rg-i" }), document.createElement("ul"));
		(document.querySelector(".revguide-marks-bar") || document.querySelector(".revguide-flagged")).after(list);
	}
	const ranges = [], now = comments.length ? page() : null;
	for (const one of comments) {
		if (!shown.has(one.key)) {
			const item = document.createElement("li"), quote = Object.assign(document.createElement("p"), { className: "rg-small" });
			item.append(quote, field(one, words.comment, words.hint));
			shown.set(one.key, item);
			list.lastChild.append(item);
		}
		const item = shown.get(one.key), place = find(now, one.quote), line = item.firstChild;
		item.lastChild.fill();
		line.textContent = `“${one.quote.exact}”${place ? "" : ` ${words.gone}`}`;
		line.classList.toggle("rg-lost", !place);
		if (place) ranges.push(range(now, place));
	}
	if (list) list.firstChild.textContent = `${words.yours} (${comments.filter((one) => one.comment).length})`;
	if (window.Highlight) CSS.highlights.set("rg-comment", new Highlight(...ranges));
	for (const box of all(".rg-dismiss")) box.fill?.();
	const count = document.querySelector(".rg-review-bar output"), { written, dismissed } = count.dataset;
	const said = (kind, text, least) => {
		const many = [...R.records.values()].filter((one) => one.kind === kind && one.comment).length;
		return many >= least && text.replace("%s", many);
	};
	if (!R.cards.length) count.textContent = [said("p", written, 1), said("f", dismissed, 1)].filter(Boolean).join(" · ") || said("p", written, 0);
}
function dismissal(finding) {
	const fingerprint = finding.id.replace("revguide-", ""), words = part(".rg-passage-words").dataset;
	const one = { key: `${SPACE}#f:${fingerprint}`, kind: "f", docname, fingerprint };
	const press = Object.assign(document.createElement("button"), { type: "button", className: "rg-button rg-dismiss", textContent: words.dismiss });
	const open = () => {
		const box = field(one, words.why, words.whyHint);
		box.classList.add("rg-dismiss");
		press.replaceWith(box);
		return box;
	};
	press.onclick = () => review(() => open().querySelector("textarea").focus());
	finding.append(press);
	press.fill = () => { if (R.records.get(one.key)?.comment) open(); };  // the review may be loaded later
	if (R) press.fill();
}
function tools(mark) {
	const words = part(".rg-passage-words").dataset, panel = mark.lastElementChild;
	const press = Object.assign(document.createElement("button"), { type: "button", className: "rg-button", textContent: words.add });
	let chosen;
	press.onpointerdown = () => {
		const selection = getSelection();
		chosen = selection.isCollapsed ? null : selection.getRangeAt(0).cloneRange();
	};
	press.onclick = () => review(() => {
		const whole = document.createRange(), now = page(), selection = getSelection();
		whole.selectNodeContents(mark.parentElement);
		whole.setStartAfter(mark);
		chosen ??= selection.isCollapsed ? null : selection.getRangeAt(0);
		const quote = (chosen && !mark.contains(chosen.commonAncestorContainer) && quoted(now, chosen)) || quoted(now, whole);
		chosen = null;
		if (!quote) return;
		const same = mine("p").find((one) => one.quote.exact === quote.exact && one.quote.prefix === quote.prefix);
		const one = same || { key: `${SPACE}#p:${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`, kind: "p", docname, quote };
		if (!same) R.save(about(one), () => ({ past: [["", ""]] }));
		show();
		shown.get(one.key).querySelector("textarea").focus();
	});
	all("[id^=revguide-]", panel).forEach(dismissal);
	panel.append(press);
}
const start = () => {
	const marks = all(".revguide-mark");
	if (!marks.length) return;
	for (const mark of marks) {
		const begin = () => {
			if (!mark.open || mark.dataset.tools) return;
			mark.dataset.tools = "";
			tools(mark);
		};
		mark.addEventListener("toggle", begin);
		begin();
	}
	try {
		const kept = (key) => key.startsWith(`${SPACE}#`) && JSON.parse(localStorage.getItem(key))?.docname === docname;
		if (Object.keys(localStorage).some(kept)) review(() => {});
	} catch { /* nothing is kept */ }
};
start();
})();
