import { stay, type Back } from '../../provisioning/takeBack';
import type { OdinClient } from '../../transport/odinClient';
import { readSipUserName } from '../user/sipAuthentication';
import {
	carryOut as carryOutServices,
	planOf as ofServices,
	planServices,
	type ServiceKind,
} from '../user/services';
import type { BegunStep } from './carryOut';
import type { Action } from './step';

/** It goes with the service, and the service with a user that this run created. */
export async function sipAuthenticationLeft(
	odin: OdinClient,
	{ userId, before, hadService }: Extract<Action, { do: 'sipAuthentication' }>,
): Promise<Back> {
	if (!hadService) return stay();
	if (before !== '') {
		return stay({ reason: 'Odin never returns a password, so the previous one is unknown' });
	}
	return (await readSipUserName(odin, userId)) === ''
		? stay()
		: stay({ reason: 'Odin has no way to remove a SIP password' });
}

/** Takes away the services that were given. Throws OdinError. */
export async function returnServices(
	odin: OdinClient,
	{ services }: BegunStep,
	{ userId, isNew }: Extract<Action, { do: 'services' }>,
): Promise<Back> {
	// A user that this run created goes with all services.
	if (isNew || !services) return stay();
	const remove = (kind: ServiceKind) => ({
		add: [],
		remove: services.changes.flatMap((change) =>
			change.kind === kind ? [change.serviceName] : [],
		),
	});
	const plan = await planServices(odin, userId, {
		userServices: remove('userServices'),
		servicePackServices: remove('servicePackServices'),
	});
	return {
		...ofServices(plan),
		stays: [],
		run: async () => void (await carryOutServices(odin, plan, {})),
	};
}
