/* The review of a guide's cards: its controls, its bar and its file. Needs revguide.js. */
(() => {
"use strict";
const { T, BOOK, STILL, all, recall, keep, el, button, order, fill } = window.revguide;

/* The review is kept in this browser, and taken away as one file. */
let decisions = {};
try { decisions = JSON.parse(recall("review")) || {}; } catch { /* not ours */ }
const marked = (node) => {
	const kept = decisions[node.dataset.issue];
	return kept?.decision && kept.digest === node.dataset.digest;
};
const tellers = [];
function note(card, change) {
	const { issue, digest } = card.dataset;
	const now = decisions[issue] = { ...decisions[issue], ...change, digest };
	if (!now.decision && !now.comment) delete decisions[issue];
	keep("review", JSON.stringify(decisions));
	tellers.forEach((tell) => tell());
}
function reviewed(card) {
	const { issue, digest } = card.dataset;
	const kept = decisions[issue] || {};
	const state = el("span", { class: "review-state" });
	const tell = () => {
		const now = decisions[issue];
		state.textContent = !now ? T.unreviewed : now.digest === digest ? "" : T.changed;
	};
	const radios = ["accept", "change", "reject"].map((name) => el("label", {},
		el("input", { type: "radio", name: `revguide-${issue}`, value: name, checked: kept.decision === name,
			click: () => note(card, { decision: name }) }), ` ${T[name]}`));
	const comment = el("textarea", { rows: 1, input: () => note(card, { comment: comment.value }) });
	comment.value = kept.comment || "";
	const clear = button(T.clear, () => {
		all("input", box).forEach((one) => { one.checked = false; });
		comment.value = "";
		note(card, { decision: "", comment: "" });
	});
	const box = el("fieldset", { class: "review" }, el("legend", {}, T.yours), state, ...radios,
		el("label", { class: "comment" }, `${T.comment} `, comment), clear);
	card.append(box);
	tellers.push(tell);
	tell();
}
const home = (card) => card.closest("section") || card;
function reviewBar(cards) {
	const count = el("output");
	const open = () => cards.filter((card) => !marked(card));
	tellers.push(() => {
		const left = open().length;
		count.textContent = left ? fill(T.left, left, cards.length) : T.done;
	});
	const onward = button(T.next, () => {
		const card = open().find((one) => one.getBoundingClientRect().top > 120) || open()[0];
		if (!card) return;
		home(card).scrollIntoView();
		card.querySelector(".revguide-review input")?.focus(STILL);
	});
	const take = button(T.download, () => {
		const text = JSON.stringify({ format: "revguide-review", version: 1, book: BOOK.slice(9, -1),
			decisions: Object.keys(decisions).sort(order).map((issue) => ({ issue, decision: "", comment: "", ...decisions[issue] })) }, null, 2);
		const href = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
		el("a", { href, download: "revguide-review.json" }).click();
	});
	const bar = el("div", { class: "review-bar", role: "group", "aria-label": T.yours }, count, onward, take);
	home(cards[0]).parentElement.append(bar);
}
const prepare = (cards) => {
	cards.splice(0, 15).forEach(reviewed);
	if (cards.length) setTimeout(prepare, 0, cards);
	else tellers.forEach((tell) => tell());
};

const start = () => setTimeout(() => {
	const cards = all(".revguide-card[data-issue]");
	if (cards.length) reviewBar(cards);
	prepare([...cards]);
});
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
})();
