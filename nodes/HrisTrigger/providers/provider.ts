/** What an HR system sends, brought to the form that `parseLifecycleEvent` reads. One file a provider. */
export interface HrisProvider {
	/**
	 * @param body parsed JSON whose signature was right
	 * @param signed what the signature scheme says of the event
	 * @throws DomainError INPUT_INVALID where the body is none of the provider's
	 */
	events(body: unknown, signed: { id?: string }): unknown[];
}
