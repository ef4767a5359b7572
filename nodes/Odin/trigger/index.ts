import { listSearch as allSearches } from '../resources/listSearch';

export { poll } from './poll';
export { triggerProperties } from './properties';

const { searchServiceProviders, searchGroups } = allSearches;

/** The searches behind the lists of the form. */
export const listSearch = { searchServiceProviders, searchGroups };
