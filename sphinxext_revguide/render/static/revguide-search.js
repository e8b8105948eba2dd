/* Results of the search quote a page without what a review adds to it. */
document.addEventListener("DOMContentLoaded", () => {
	if (typeof Search === "undefined" || !Search.htmlToText) return;
	const whole = Search.htmlToText;
	Search.htmlToText = (html, anchor) => {
		const page = new DOMParser().parseFromString(html, "text/html");
		page.querySelectorAll(".no-search").forEach((one) => one.remove());
		return whole.call(Search, page.documentElement.outerHTML, anchor);
	};
});
