/* Marks work without this. It keeps over pages whether they are shown, and opens the one that a link leads to. */
(() => {
	const NAME = "revguide-marks", root = document.documentElement;
	const keep = (...value) => {
		try {
			return value.length ? localStorage.setItem(NAME, ...value) : localStorage.getItem(NAME);
		} catch {
			return null;
		}
	};
	const off = () => keep() === "off" && !location.hash.startsWith("#revguide-");
	const open = () => {
		const place = document.getElementById(location.hash.slice(1)), mark = place?.closest(".revguide-mark");
		if (mark && !mark.open) {
			mark.open = true;
			place.scrollIntoView();
		}
	};
	root.classList.toggle("rg-unmarked", off());
	addEventListener("DOMContentLoaded", () => {
		const box = document.querySelector(".rg-toggle");
		if (!box) return;
		box.checked = !off();
		root.classList.remove("rg-unmarked");
		box.addEventListener("change", () => keep(box.checked ? "" : "off"));
		open();
	});
	addEventListener("hashchange", open);
	// What takes comments is loaded with the first mark that opens, or where there are some.
	const script = document.currentScript, { docname } = script.dataset;
	const comment = () => {
		if (comment.loaded) return;
		comment.loaded = true;
		const extra = Object.assign(document.createElement("script"), { src: script.src.replace("revguide-chapter.js", "revguide-passages.js") });
		Object.assign(extra.dataset, script.dataset);
		document.head.append(extra);
	};
	addEventListener("toggle", ({ target }) => { if (target.matches(".revguide-mark[open]")) comment(); }, true);
	addEventListener("DOMContentLoaded", () => {
		try {
			if (Object.keys(localStorage).some((key) => key.includes("]:#") && JSON.parse(localStorage.getItem(key)).docname === docname)) comment();
		} catch { /* nothing is kept */ }
	});
})();
