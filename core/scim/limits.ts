/** Bounds of one client. Each has a default that suits most applications. */
export interface ScimLimits {
	/** Requests that may run side by side at most; throttling narrows it. */
	concurrency: number;
	timeoutMs: number;
	maxResponseBytes: number;
	/** Times one request is sent at most where it fails, throttling aside. */
	maxAttempts: number;
	/** The same for a server that was never reached: a wrong address shouldn't take long to say so. */
	firstAttempts: number;
	/** Times one request may be told to slow down. Others may use up the allowance each time, so this is generous. */
	maxThrottles: number;
	/** Longest wait a server may ask for at once; more than that ends the request with its error. */
	maxWaitMs: number;
	/** Entries asked for in one page of a listing. */
	pageSize: number;
	/** Entries a listing takes in at most. */
	maxResources: number;
	/** Membership changes in one PATCH at most. */
	membersPerRequest: number;
	/** Times a write is read back before it counts as not applied (some applications answer from a stale replica). */
	readBackAttempts: number;
}

export const DEFAULT_LIMITS: Readonly<ScimLimits> = {
	concurrency: 8,
	timeoutMs: 30_000,
	// A group of 100,000 members with names and addresses is about 25 MB.
	maxResponseBytes: 64_000_000,
	maxAttempts: 6,
	firstAttempts: 2,
	maxThrottles: 30,
	maxWaitMs: 60_000,
	pageSize: 100,
	maxResources: 200_000,
	membersPerRequest: 100,
	readBackAttempts: 2,
};
