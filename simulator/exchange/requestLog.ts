export interface RecordedRequest {
	method: string;
	/** Without base path and query, such as /groups/trunk-groups. */
	path: string;
	query: Record<string, string>;
	body: unknown;
	headers: Record<string, string>;
	/** Null while there is no answer, and for ever when there never is one. */
	status: number | null;
	startedAt: number;
	endedAt: number | null;
}

/** Everything that reached the simulator, in order of arrival. */
export class RequestLog {
	requests: RecordedRequest[] = [];
	private readonly inFlight = new Set<RecordedRequest>();
	private peak = 0;
	private arrived = 0;

	/** Returns the number of the request, counted from 0 over the simulator's life. */
	arrive(request: RecordedRequest): number {
		this.requests.push(request);
		this.inFlight.add(request);
		this.peak = Math.max(this.peak, this.inFlight.size);
		return this.arrived++;
	}

	/** The answer is about to leave, or the connection has ended without one: status null. */
	end(request: RecordedRequest, status: number | null): void {
		if (!this.inFlight.delete(request)) return;
		request.status = status;
		request.endedAt = Date.now();
	}

	/** Most requests under way at once since the last clear(). */
	peakInFlight(): number {
		return this.peak;
	}

	/** Forgets all, and leaves the list of before to those who hold it. */
	reset(): void {
		this.requests = [];
		this.inFlight.clear();
		this.peak = 0;
		this.arrived = 0;
	}

	clear(): void {
		this.requests.length = 0;
		this.peak = this.inFlight.size;
	}
}
