/** The decision page as a browser would use it: fetch it, fill it in, send it. */
export class DecisionPage {
	private constructor(
		private readonly url: string,
		readonly html: string,
	) {}

	static async open(url: string): Promise<DecisionPage> {
		const response = await fetch(url);
		if (response.status !== 200) throw new Error(`The decision page answered ${response.status}.`);
		return new DecisionPage(url, await response.text());
	}

	/** Names of the questions on the page: one a request. */
	get questions(): string[] {
		const names = [...this.html.matchAll(/<input[^>]*\bname="(decision\.[^"]+)"/g)].map((match) => match[1] ?? '');
		return [...new Set(names)];
	}

	/** Answers every question alike; `at`: another address than the page's own, for trying a changed link. */
	async decide(vote: 'approve' | 'deny', { comment, at }: { comment?: string; at?: string } = {}): Promise<Response> {
		const body = new URLSearchParams(Object.fromEntries(this.questions.map((name) => [name, vote])));
		if (comment !== undefined) body.set('comment', comment);
		return await fetch(at ?? this.url, { method: 'POST', body });
	}
}
