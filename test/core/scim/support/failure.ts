/** What a piece of work rejects with; `undefined` where it doesn't. */
export function failure(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => undefined,
		(error: unknown) => error,
	);
}
