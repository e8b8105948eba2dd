/* What has changed since the reader's last visit. Loaded by revguide.js if something has. */
(() => {
"use strict";
const statuses = ({ of, issues }) => Object.fromEntries(Object.entries(issues).flatMap(([status, ids]) => ids.split(" ").filter(Boolean).map((id) => [of ? `${of}-${id}` : id, status])));
window.revguide.since = (line, key, text) => {
	const now = JSON.parse(line.dataset.now), words = JSON.parse(line.dataset.words), found = {}, day = { day: "numeric", month: "long" };
	const cut = text.indexOf(" "), when = new Date(+text.slice(0, cut)), was = JSON.parse(text.slice(cut));
	const add = (name, id) => (found[name] ||= []).push(id);
	try {
		localStorage.setItem(key, `${Date.now()} ${line.dataset.now}`);
		sessionStorage.setItem(key, text);  // a reload is no new visit
	} catch { return; }  // it would say the same at every visit
	const before = statuses(was), issues = statuses(now);
	for (const id in issues) if (before[id] && before[id] !== issues[id]) add(issues[id], id);
	for (const kind of ["passage", "finding"]) {
		for (const one in was[kind]) if (!(one in now[kind])) {
			const id = was[kind][one];
			if (kind === "passage" || now.flags.includes(issues[id])) add(`${kind}-gone`, id);
		}
		for (const one in now[kind]) if (!(one in was[kind])) add(`${kind}-new`, now[kind][one]);
	}
	const size = now.words - was.words, parts = Object.entries(found).map(([name, ids]) => {
		const at = (id) => now.at[id] ?? `#revision-issue-${id}`;
		const links = [...new Set(ids)].filter((id) => issues[id] && at(id)).map((id) => {
			const link = document.createElement("a");
			link.href = at(id);
			link.textContent = now.of ? id.slice(now.of.length + 1) : id;
			return link;
		});
		return [words[name][+(ids.length > 1)].replace("%s", ids.length), ...links.flatMap((link, at) => [at ? ", " : " (", link]), links.length ? ")" : ""];
	});
	if (size) parts.push([words[size > 0 ? "more" : "less"][+(Math.abs(size) > 1)].replace("%s", Math.abs(size).toLocaleString(document.documentElement.lang))]);
	if (!parts.length) return;
	if (when.getFullYear() !== new Date().getFullYear()) day.year = "numeric";
	line.append(words.since.replace("%s", when.toLocaleDateString(document.documentElement.lang, day)), " ", ...parts.flatMap((part, at) => at ? [", ", ...part] : part));
	line.hidden = false;
};
})();
