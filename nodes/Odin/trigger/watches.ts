import { trunkGroupModel } from '../resources/trunkGroup/model';
import { watchCapacity } from '../watch/callCapacity';
import { watchFields } from '../watch/fields';
import type { Wanted } from './parameters';
import { watchRegistrations } from './registrations';
import type { Watch } from '../watch/watch';

export function watchOf({ event, watchFields: fields, threshold, hysteresis }: Wanted): Watch {
	switch (event) {
		case 'trunkGroupChanged':
			return watchFields(trunkGroupModel, fields, {
				event,
				tellsCreated: true,
				tellsDeleted: true,
			});
		case 'trunkGroupState':
			return watchFields(trunkGroupModel, ['trunkGroupState'], {
				event,
				tellsCreated: false,
				tellsDeleted: false,
				initial: ['Available'],
			});
		case 'callCapacityUsed':
			return watchCapacity({ threshold, hysteresis });
		case 'registrationLost':
			return watchRegistrations;
	}
}
