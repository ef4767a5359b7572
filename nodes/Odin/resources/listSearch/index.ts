import { searchGroups } from './searchGroups';
import { searchServiceProviders } from './searchServiceProviders';

/** The searches behind the lists of the form, by the names that the properties call them. */
export const listSearch = { searchGroups, searchServiceProviders };
