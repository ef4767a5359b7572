import { lookupKey } from '../../model/key';
import type { Plan } from '../../provisioning/preview';
import { shown } from '../../provisioning/password';
import { MASK } from '../../secrets/redact';
import { capacityPath } from '../callCapacity/capacity';
import { servicesBody } from '../groupService/assign';
import { SERVICES_PATH } from '../groupService/services';
import { planOf } from '../number/change';
import { trunkGroupModel } from '../trunkGroup/model';
import { sipAuthenticationRequest } from '../user/sipAuthentication';
import { assigningRequest } from '../user/services';
import { userModel } from '../user/model';
import { OFF_TRUNK } from '../user/trunk';
import type { TrunkOrder } from './order';
import type { Action, Removal } from './step';
import type { TakeDownOrder } from './takeDownOrder';

const put = (path: string, body: Record<string, unknown>): Plan['request'] =>
	({ method: 'PUT', path, body }) as Plan['request'];

/** What an action sends, with its passwords; one that is still to be made is masked. A service may take two requests. */
export function requestOf({ group, key }: TrunkOrder, action: Action): Plan['request'] {
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

/** What a step of a take-down sends, hosted users cleared before. */
export function removalRequestOf({ group, key }: TakeDownOrder, action: Removal): Plan['request'] {
	switch (action.do) {
		case 'clearPilot':
			return put(trunkGroupModel.path, { ...lookupKey(trunkGroupModel, key), pilotUserId: null });
		case 'takeOff':
			return put(userModel.path, { userId: action.userId, ...OFF_TRUNK });
		case 'unassign':
			return planOf('unassign', group, action.ranges).request;
		default:
			return { method: 'DELETE', path: action.model.path, body: null };
	}
}
