import { lookupKey } from '../../model/key';
import type { Plan } from '../../provisioning/preview';
import { shown } from '../../provisioning/operations/create';
import { MASK } from '../../secrets/redact';
import { capacityPath } from '../callCapacity/capacity';
import { servicesBody } from '../groupService/assign';
import { SERVICES_PATH } from '../groupService/services';
import { planOf } from '../number/change';
import { trunkGroupModel } from '../trunkGroup/model';
import { sipAuthenticationRequest } from '../user/sipAuthentication';
import { assigningRequest } from '../user/services';
import type { TrunkOrder } from './order';
import type { Action } from './step';

/** What an action sends, with its passwords; one that is still to be made is masked. A service may take two requests. */
export function requestOf({ group, key }: TrunkOrder, action: Action): Plan['request'] {
	const put = (path: string, body: Record<string, unknown>): Plan['request'] =>
		({ method: 'PUT', path, body }) as Plan['request'];
	switch (action.do) {
		case 'raise':
			return put(capacityPath(action.holder.level), { ...action.holder.key, ...action.wanted });
		case 'assignService':
			return put(SERVICES_PATH, servicesBody(group, action.changes));
		case 'write': {
			const { model, plan } = action;
			const generatePassword = plan.generates !== undefined;
			const body = shown(model, { body: plan.body, generatePassword });
			return plan.outcome === 'created'
				? { method: 'POST', path: model.path, body }
				: put(model.path, { ...lookupKey(model, action.key), ...body });
		}
		case 'numbers':
			return planOf(action.change, group, action.ranges).request;
		case 'pilot':
			return put(trunkGroupModel.path, {
				...lookupKey(trunkGroupModel, key),
				pilotUserId: action.to,
			});
		case 'services':
			return assigningRequest(action.userId, action.wanted);
		default:
			return sipAuthenticationRequest(action.userId, action.userName, MASK);
	}
}
