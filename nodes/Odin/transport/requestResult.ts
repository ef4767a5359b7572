import type { OdinError } from './odinError';

/** What became of a request, after all tries that the retry policy allows. */
export type RequestResult =
	| { ok: true; body: unknown }
	| {
			ok: false;
			failure: OdinError;
			/** An earlier try of the request may have been carried out */
			outcomeUnknown: boolean;
			/** How often it was sent again */
			retries: number;
	  };

export type Refusal = Extract<RequestResult, { ok: false }>;

export const refusal = (failure: OdinError): Refusal => ({
	ok: false,
	failure,
	outcomeUnknown: false,
	retries: 0,
});
